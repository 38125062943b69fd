"""The match in SQL says of every month what the rule for one line says, line after line."""

from hypothesis import HealthCheck, given, settings
from sqlmodel import col, select

from tests.make.rows import only
from tests.stages.reconciliation.months import enter, months
from tests.stages.reconciliation.rows import judged_row_by_row, stored
from vendorops.books import Books
from vendorops.stages import reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import Difference, Invoice, InvoiceLine, Reconciliation, Supplier, WorkItem

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def disputed(books: Books, of: Supplier) -> set[int]:
    """Return the invoices of a supplier of which some amount is disputed."""
    query = (
        select(InvoiceLine.invoice_id)
        .join(Difference, col(Difference.invoice_line_id) == col(InvoiceLine.id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(Invoice.supplier_id) == of.id, col(Difference.treatment) == "disputed")
    )
    return set(books.session.exec(query))


@EXAMPLES
@given(month=months())
def test_set_path_and_row_path_agree_on_random_months(opener, month):
    with opener()() as books:
        of = enter(books, month)

        reconciliation.advance(books, of.id)

        assert stored(books, of) == judged_row_by_row(books, month, of)
        assert faults(books, only(books, Reconciliation, supplier_id=of.id)) == []
        queried = select(Invoice.id).filter_by(supplier_id=of.id, status="under_query")
        assert set(books.session.exec(queried)) == disputed(books, of)
        books.session.expire_all()
        works = books.session.exec(select(WorkItem)).all()
        assert all(0 <= work.claimed_e4 <= work.accepted_e4 for work in works)
