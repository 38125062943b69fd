"""A line that names a sheet or an order is spread over its work, in a fixed order, to the unit."""

from datetime import date

import pytest

from tests.make import (
    accept,
    claimed,
    contract,
    done,
    invoice,
    items_of,
    line_coverage,
    lines_of,
    only,
    order_line,
    rows_of,
    service_sheet,
    work_order,
)
from tests.stages.reconciliation.entered import again, found_by_work
from vendorops.domain.lifecycle import InvoiceStatus, ServiceSheetStatus
from vendorops.stages import reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    OrderLine,
    Reconciliation,
    ServiceSheet,
    WorkItem,
)
from vendorops.tracing.claims import trace_invoice
from vendorops.tracing.tree import broken


def whole(reference, net):
    """A line that claims a sum for all that a reference covers."""
    return claimed(quantity="1", price=f"{net / 100:.2f}", work_reference=reference)


def cover(books, claim, **what):
    for line in lines_of(books, claim):
        line_coverage(books, line, **what)


def claim_sheet(books, net, *more):
    """Claim a sum for a sheet of 40 hours in week 41 and 20 in week 40, at 46.50 each."""
    of = contract(books)
    week_40 = done("20", performed_on=date(2026, 10, 2))
    sheet = service_sheet(books, of, [done("40"), week_40])
    claim = invoice(books, of, [whole(sheet.reference, net)])
    cover(books, claim, service_sheet_id=sheet.id)
    if more:
        again(books, claim, *(line(items_of(books, sheet)) for line in more))
    return claim, sheet


def parts(books):
    """What was allocated of which piece of work, by its line on the sheet."""
    assert found_by_work(books) == [row.id for row in rows_of(books, Allocation)]
    return [
        (books.get(WorkItem, row.work_item_id).line, row.quantity_e4, row.amount_minor)
        for row in rows_of(books, Allocation)
    ]


def differences(books):
    return [(row.reason, row.amount_minor, row.treatment) for row in rows_of(books, Difference)]


def test_a_sum_for_a_sheet_is_all_of_its_work_the_earliest_first(opener):
    with opener()() as books:
        claim, _ = claim_sheet(books, 279_000)

        reconciliation.advance(books, claim.supplier_id)

        assert parts(books) == [(2, 200_000, 93_000), (1, 400_000, 186_000)]
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        assert faults(books, only(books, Reconciliation)) == []
        assert broken(trace_invoice(books, claim.reference)) == []


def test_a_smaller_sum_takes_piece_after_piece_and_the_last_in_part(opener):
    with opener()() as books:
        claim, sheet = claim_sheet(books, 100_001)
        rest = again(books, claim, whole(sheet.reference, 179_000))
        cover(books, rest, service_sheet_id=sheet.id)

        reconciliation.advance(books, claim.supplier_id)

        # 70.01 is 1.50559… hours: 1.5056 are taken, so that 38.4944 are left, worth 1,789.99.
        assert parts(books) == [
            (2, 200_000, 93_000),
            (1, 15_056, 7_001),
            (1, 384_944, 178_999),
        ]
        assert differences(books) == [("rounding", 1, "tolerated")]
        assert broken(trace_invoice(books, claim.reference)) == []
        assert faults(books, only(books, Reconciliation)) == []


def test_a_larger_sum_pays_what_was_accepted_and_disputes_the_rest(opener):
    with opener()() as books:
        claim, _ = claim_sheet(books, 280_000)

        reconciliation.advance(books, claim.supplier_id)

        assert sum(amount for _, _, amount in parts(books)) == 279_000
        assert differences(books) == [("quantity_above_accepted", 1_000, "disputed")]
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.UNDER_QUERY


def test_lines_that_name_one_piece_of_work_are_served_before_a_sum_for_all(opener):
    with opener()() as books:
        claim, _ = claim_sheet(books, 279_000, lambda works: claimed(works[0]))

        reconciliation.advance(books, claim.supplier_id)

        assert differences(books) == [("quantity_above_accepted", 186_000, "disputed")]
        assert sorted(parts(books)) == [(1, 400_000, 186_000), (2, 200_000, 93_000)]


def test_a_sum_for_a_sheet_that_was_claimed_before_is_a_duplicate(opener):
    with opener()() as books:
        claim, sheet = claim_sheet(books, 279_000)
        reconciliation.advance(books, claim.supplier_id)
        second = again(books, claim, whole(sheet.reference, 279_000))
        cover(books, second, service_sheet_id=sheet.id)
        books.session.expire_all()

        reconciliation.advance(books, claim.supplier_id)

        assert differences(books) == [("duplicate_line", 279_000, "disputed")]
        assert all(faults(books, row) == [] for row in rows_of(books, Reconciliation))


def test_a_sum_for_a_sheet_nobody_accepted_waits_and_its_month_replays_after_acceptance(opener):
    with opener()() as books:
        of = contract(books)
        sheet = service_sheet(books, of, [done(accepted="0")], status=ServiceSheetStatus.SUBMITTED)
        claim = invoice(books, of, [whole(sheet.reference, 186_000)])
        cover(books, claim, service_sheet_id=sheet.id)

        reconciliation.advance(books, claim.supplier_id)
        accept(books, books.get(ServiceSheet, sheet.id))

        assert differences(books) == [("not_accepted_yet", 186_000, "disputed")]
        assert faults(books, only(books, Reconciliation)) == []


@pytest.mark.parametrize(("number", "net"), [(None, 279_000), (2, 93_000)])
def test_a_sum_for_an_order_or_one_of_its_lines_is_spread_over_work_of_all_sheets(
    opener, number, net
):
    with opener()() as books:
        of = contract(books)
        order = work_order(books, of)
        order_line(books, order, number=2, code="overtime_hours")
        first, second = rows_of(books, OrderLine)
        service_sheet(books, of, [done("40", order_line_id=first.id)])
        service_sheet(books, of, [done("20", order_line_id=second.id)])
        claim = invoice(books, of, [whole(order.reference, net)])
        cover(books, claim, work_order_id=order.id, number=number)

        reconciliation.advance(books, claim.supplier_id)

        assert sum(amount for _, _, amount in parts(books)) == net
        assert differences(books) == []


def test_a_line_of_nothing_for_a_sheet_takes_nothing_and_is_told(opener):
    with opener()() as books:
        claim, _ = claim_sheet(books, 0)

        reconciliation.advance(books, claim.supplier_id)

        told = only(books, Difference)
        assert (told.reason, told.amount_minor, told.treatment) == ("rounding", 0, "tolerated")
        assert rows_of(books, Allocation) == []
        assert faults(books, only(books, Reconciliation)) == []
