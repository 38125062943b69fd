from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.intake.claims import known, line, paper, statement, written
from vendorops.domain.measure import price_e6
from vendorops.formats import formats
from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import (
    CheckFinding,
    Event,
    Invoice,
    LineCoverage,
    ReceivedFile,
    Refusal,
    ServiceSheet,
    Supplier,
    WorkItem,
    WorkOrder,
)

PRINTED = [name for name, module in formats().items() if hasattr(module, "write")]


def deliver(opener, write, **told):
    """Let a file arrive that is written from a contract and its work, and run the stage."""
    with opener()() as books:
        receive(books, write(known(books, **told)), "claim")
    return sweep("intake", opener())


def booked(books):
    """Return the one invoice with its lines."""
    invoice = make.only(books, Invoice)
    return invoice, make.lines_of(books, invoice)


@pytest.mark.parametrize("name", PRINTED)
def test_an_invoice_in_every_printed_format_is_booked_line_by_line(opener, name):
    outcome = deliver(opener, lambda of: written(name, paper(of)))

    assert (outcome.advanced, outcome.refused) == (["FIL-2026-000001"], [])
    with opener()() as books:
        invoice, lines = booked(books)
        work = books.session.exec(select(WorkItem).order_by(col(WorkItem.line))).all()
        assert (invoice.kind, invoice.format, invoice.number) == ("invoice", name, "HX-2026-10")
        assert (invoice.net_minor, invoice.gross_minor) == (199_950, 211_947)
        assert (invoice.status, invoice.month) == ("in_process", "2026-10")
        assert [(row.net_minor, row.tax_rate_e4) for row in lines] == [
            (186_000, 600),
            (13_950, 600),
        ]
        assert [row.work_item_id for row in lines] == [item.id for item in work]
        assert make.only(books, ReceivedFile).status == "booked"


def test_a_line_may_name_the_sheet_or_the_order_line_that_it_is_for(opener):
    def write(of):
        names = ("SES-2026-000001", "WO-2026-000001/1")
        return written("ubl", paper(of, lines=tuple(line(work_reference=name) for name in names)))

    with opener()() as books:
        of = known(books)
        make.work_order(books, of.contract)
        receive(books, write(of), "claim")

    outcome = sweep("intake", opener())

    assert outcome.refused == []
    with opener()() as books:
        invoice, lines = booked(books)
        sheet, order = make.only(books, ServiceSheet), make.only(books, WorkOrder)
        assert invoice.month == sheet.month
        covered = {row.invoice_line_id: row for row in make.rows_of(books, LineCoverage)}
        assert covered[lines[0].id].service_sheet_id == sheet.id
        assert (covered[lines[1].id].work_order_id, covered[lines[1].id].number) == (order.id, 1)


def test_a_statement_is_booked_by_the_reference_we_gave_its_sender(opener):
    outcome = deliver(opener, statement)

    assert outcome.refused == []
    with opener()() as books:
        invoice, lines = booked(books)
        assert (invoice.kind, invoice.format) == ("statement", "statement_csv")
        assert (invoice.tax_minor, invoice.gross_minor) == (0, 199_950)
        assert all(row.work_item_id for row in lines)


def test_a_credit_note_is_booked_as_one_that_takes_its_figures_back(opener):
    deliver(opener, lambda of: written("ubl", paper(of, type_code="381")))

    with opener()() as books:
        invoice, lines = booked(books)
        figures = (invoice.net_minor, invoice.tax_minor, invoice.gross_minor)
        assert (invoice.kind, *figures) == ("credit_note", -199_950, -11_997, -211_947)
        assert [(row.quantity_e4, row.price_e6, row.net_minor) for row in lines] == [
            (-400_000, 46_500_000, -186_000),
            (-20_000, 69_750_000, -13_950),
        ]


def test_running_the_stage_twice_books_one_invoice(opener):
    deliver(opener, lambda of: written("ubl", paper(of)))
    with opener()() as books:
        ident = make.only(books, ReceivedFile).id
        events = len(books.session.exec(select(Event)).all())

    sweep("intake", opener())
    sweep("intake", opener(), [ident])

    with opener()() as books:
        assert make.only(books, Invoice).number == "HX-2026-10"
        assert len(books.session.exec(select(Event)).all()) == events


def test_runs_at_the_same_time_book_a_file_once(opener):
    with opener()() as books:
        ident = receive(books, written("ubl", paper(known(books))), "a.xml").id

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: sweep("intake", opener(), [ident]), range(4)))

    assert [outcome.refused for outcome in outcomes] == [[]] * 4
    with opener()() as books:
        assert make.only(books, Invoice).reference == "INV-2026-000001"


def test_a_file_sent_again_after_booking_stays_booked_once(opener):
    with opener()() as books:
        data = written("ubl", paper(known(books)))
        receive(books, data, "a.xml")
    sweep("intake", opener())

    with opener()() as books:
        assert receive(books, data, "again.xml").status == "booked"
    assert sweep("intake", opener()).advanced == []


def test_a_reference_to_unknown_work_is_left_open_and_stops_nothing(opener):
    deliver(
        opener,
        lambda of: written("ubl", paper(of, lines=(line(work_reference="WRK-2026-999999"),))),
    )

    with opener()() as books:
        _, (row,) = booked(books)
        assert (row.work_reference, row.work_item_id) == ("WRK-2026-999999", None)


def test_work_of_another_contract_of_the_supplier_is_not_found(opener):
    with opener()() as books:
        of = known(books)
        other = make.contract(books, of.supplier, program="bpo")
        item = make.items_of(books, make.service_sheet(books, other))[0]
        receive(books, written("ubl", paper(of, lines=(line(item),))), "claim")
    sweep("intake", opener())

    with opener()() as books:
        _, (row,) = booked(books)
        assert row.work_item_id is None


def test_the_month_is_that_in_which_most_of_the_work_was_done(opener):
    with opener()() as books:
        of = known(books)
        work = [make.done(performed_on=date(2026, 9, day)) for day in (7, 8)]
        items = make.items_of(books, make.service_sheet(books, of.contract, work))
        lines = tuple(line(item) for item in (*items, of.items[0]))
        receive(
            books, written("ubl", paper(of, lines=lines, issue_date=date(2026, 12, 1))), "claim"
        )
    sweep("intake", opener())

    with opener()() as books:
        assert make.only(books, Invoice).month == "2026-09"


def test_without_known_work_the_month_is_that_before_the_issue(opener):
    deliver(
        opener, lambda of: written("ubl", paper(of, lines=(line(),), issue_date=date(2026, 11, 2)))
    )

    with opener()() as books:
        assert make.only(books, Invoice).month == "2026-10"


def test_a_claim_of_a_day_to_come_is_told_and_looked_at_this_month(opener):
    issued = date(2099, 1, 5)

    deliver(opener, lambda of: written("ubl", paper(of, lines=(line(),), issue_date=issued)))

    with opener()() as books:
        assert make.only(books, Invoice).month == "2026-11"
        found = make.only(books, CheckFinding)
        assert (found.code, found.place_in_source) == ("issued-later", "BT-2")


def test_a_price_that_nobody_agreed_is_booked_for_the_match_to_judge(opener):
    dearer = price_e6("99.99")
    deliver(
        opener, lambda of: written("ubl", paper(of, lines=(line(of.items[0], price_e6=dearer),)))
    )

    with opener()() as books:
        _, (row,) = booked(books)
        assert row.price_e6 == dearer


def test_a_claim_refused_once_is_booked_as_soon_as_it_fits(opener):
    deliver(opener, lambda of: written("ubl", paper(of, contract_reference="CON-2026-000002")))
    with opener()() as books:
        assert make.only(books, ReceivedFile).status == "received"
        make.contract(books, make.only(books, Supplier), program="bpo")

    sweep("intake", opener())

    with opener()() as books:
        assert make.only(books, ReceivedFile).status == "booked"
        assert make.only(books, Refusal).resolved_on == make.AS_OF
