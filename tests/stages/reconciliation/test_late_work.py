"""Work of earlier months: claimed late where it was accepted late, or where a part was left."""

from datetime import date

from tests.make import accept, claimed, done, items_of, only, rows_of, service_sheet
from tests.make.rows import reach
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.domain.lifecycle import InvoiceStatus, ServiceSheetStatus
from vendorops.stages import reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import Allocation, Contract, Difference, Invoice, Reconciliation, WorkItem

NOVEMBER = {"month": "2026-11", "issue_date": date(2026, 11, 30)}


def in_november(opener):
    return opener(as_of=date(2026, 12, 2), month="2026-11")


def test_work_accepted_after_its_month_is_claimed_with_a_later_one(opener):
    with in_november(opener)() as books:
        late = done(accepted_on=date(2026, 11, 2))
        claim = enter(books, whole(0), items=[late], **NOVEMBER)

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        assert not rows_of(books, Difference)


def test_work_accepted_in_time_is_of_its_own_month(opener):
    with in_november(opener)() as books:
        claim = enter(books, whole(0), items=[done(accepted_on=date(2026, 10, 31))], **NOVEMBER)

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "wrong_period"


def test_what_october_left_of_a_piece_of_work_is_claimed_in_november(opener):
    with opener()() as books:
        part = enter(books, lambda works: claimed(works[0], "30"))
        reconciliation.advance(books, part.supplier_id)
    with in_november(opener)() as books:
        work = only(books, WorkItem, line=1)
        rest = again(books, part, claimed(work, "15"), **NOVEMBER)

        reconciliation.advance(books, rest.supplier_id)

        excess = only(books, Difference)
        assert (excess.reason, excess.amount_minor) == ("quantity_above_accepted", 23_250)
        assert [row.quantity_e4 for row in rows_of(books, Allocation)] == [300_000, 100_000]
        for sealed in rows_of(books, Reconciliation):
            assert faults(books, sealed) == []


def test_work_accepted_after_a_month_was_explained_leaves_that_month_as_it_was(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        contract = books.get(Contract, claim.contract_id)
        sheet = service_sheet(
            books, contract, [done(accepted="0")], status=ServiceSheetStatus.SUBMITTED
        )
        early = again(books, claim, claimed(items_of(books, sheet)[0]))
        reconciliation.advance(books, claim.supplier_id)
        assert only(books, Difference).reason == "not_accepted_yet"
        reach(books, books.get(Invoice, early.id), InvoiceStatus.REJECTED)
        accept(books, sheet)

        assert faults(books, only(books, Reconciliation)) == []
