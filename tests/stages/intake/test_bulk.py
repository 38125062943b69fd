from contextlib import contextmanager

from sqlalchemy import event

from tests import make
from tests.stages.intake.claims import known, statement
from vendorops.books.engine import engine
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import Invoice


@contextmanager
def statements(settings):
    """Collect what is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(engine(settings), "before_cursor_execute", note)
    yield asked
    event.remove(engine(settings), "before_cursor_execute", note)


def test_a_long_claim_takes_no_more_statements_than_a_short_one(opener, settings):
    taken = []
    with opener()() as books:
        books.reference("INV")  # The first number of a series takes a statement more.
    for number, length in enumerate((2, 400)):
        with opener()() as books:
            of = known(books, number="" if number else "91310000000000000U")
            work = [make.done(description=f"week {week}") for week in range(length)]
            items = make.items_of(books, make.service_sheet(books, of.contract, work))
            receive(books, statement(of._replace(items=items)), "claim.csv")
        with statements(settings) as asked:
            sweep("intake", opener())
        taken.append(len(asked))

    assert taken[0] == taken[1]
    with opener()() as books:
        invoice = make.only(books, Invoice, reference="INV-2026-000003")
        assert sum(row.work_item_id is not None for row in make.lines_of(books, invoice)) == 400
