"""Which work stands on one invoice: by contract, cost centre, order or sheet, and by time."""

import json
from datetime import date
from typing import Any

import pytest

from tests import make
from tests.stages.self_billing import billing
from vendorops.stages import sweep
from vendorops.tables import InputTax, LegalEntity, OrderLine, SelfBilledInvoice, WorkItem
from vendorops.working.cost_centres import open_centre, split

MONDAY = date(2026, 10, 12)


@pytest.fixture
def contract(opener):
    with opener()() as books:
        return billing.contract(books)


def nets(opener, as_of=billing.OVER):
    rows = billing.shown(opener, as_of).values()
    return [(row.bucket, row.unit, row.net_minor // 186_000) for row in rows]


def test_a_contracts_month_is_one_invoice_once_it_is_over(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 2)
        billing.worked(books, contract, 9, 30)
    billing.agreed(opener, contract)

    assert nets(opener, date(2026, 10, 31)) == []
    assert nets(opener) == [("2026-10", "", 3)]


def test_work_accepted_late_goes_on_another_invoice_of_its_month(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 2)
    billing.agreed(opener, contract)
    billing.issued(opener)
    with opener()() as books:
        billing.worked(books, contract, 30)

    assert nets(opener, billing.LATE) == [("2026-10", "", 1), ("2026-10", "", 1)]


def test_a_week_is_billed_once_it_is_over_and_ends_with_its_month(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 9, 12, 30)
        billing.worked(books, contract, 1, month="2026-11")
    billing.agreed(opener, contract, schedule="week")

    assert nets(opener, MONDAY) == [("2026-10 W41", "", 1)]
    assert nets(opener, date(2026, 11, 1))[1:] == [("2026-10 W42", "", 1), ("2026-10 W44", "", 1)]
    assert nets(opener, date(2026, 11, 2))[3:] == [("2026-11 W44", "", 1)]


def test_each_sheet_is_billed_as_soon_as_it_is_accepted(opener, contract):
    with opener()() as books:
        sheets = [billing.worked(books, contract, day).reference for day in (12, 13)]
        late = make.service_sheet(books, contract, [make.done(accepted="0")], status="submitted")
    billing.agreed(opener, contract, grouping="sheet", schedule="accepted")

    assert nets(opener, MONDAY) == [("2026-10", sheet, 1) for sheet in sheets]
    with opener()() as books:
        make.accept(books, make.only(books, type(late), reference=late.reference))
    assert nets(opener, MONDAY)[2:] == [("2026-10", late.reference, 1)]


def test_an_order_is_billed_by_itself_and_named_in_the_invoice(opener, contract):
    with opener()() as books:
        orders = [make.work_order(books, contract, "46.50", currency="EUR") for _ in range(2)]
        lines = [make.only(books, OrderLine, work_order_id=o.id) for o in orders]
        for line in lines:
            billing.worked(books, contract, 2, order_line_id=line.id)
    billing.agreed(opener, contract, grouping="order")

    assert nets(opener) == [("2026-10", order.reference, 1) for order in orders]
    rows = billing.issued(opener).values()
    assert [json.loads(row.content)["orders"] for row in rows] == [[o.reference] for o in orders]


def test_a_cost_centre_is_billed_for_what_it_bears_by_the_shares_of_the_day(opener, contract):
    with opener(as_of=make.STARTS_ON, actor="zhao.finance")() as books:
        [entity] = make.rows_of(books, LegalEntity)
        for code in ("CC1", "CC2"):
            open_centre(books, entity, code, f"Centre {code}")
        split(books, contract, {"CC1": 1_000_000}, make.STARTS_ON, "at first")
        split(books, contract, {"CC1": 400_000, "CC2": 600_000}, date(2026, 10, 10), "then both")
    with opener()() as books:
        billing.worked(books, contract, 2, 9, 12)
    billing.agreed(opener, contract, grouping="cost_centre")

    assert nets(opener) == [("2026-10", "CC1", 2), ("2026-10", "CC1:400000 CC2:600000", 1)]


def test_what_was_accepted_in_part_is_billed_in_part_and_what_was_not_is_left_out(
    opener, contract
):
    with opener()() as books:
        items = [make.done("40", accepted="10"), make.done("40", accepted="0")]
        make.service_sheet(books, contract, items, status="partly_accepted")
    billing.agreed(opener, contract)

    [row] = billing.issued(opener).values()

    assert row.net_minor == 46_500


def test_work_that_the_supplier_claimed_before_is_left_out(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 2, 9)
        [first, _] = make.rows_of(books, WorkItem)
        make.invoice(books, contract, [make.claimed(first, currency="EUR")])
    billing.agreed(opener, contract)

    assert nets(opener) == [("2026-10", "", 1)]


def test_running_the_stage_again_drafts_nothing_twice(opener, contract):
    with opener()() as books:
        billing.worked(books, contract, 2)
    billing.agreed(opener, contract)

    for _ in range(2):
        billing.shown(opener)

    with opener()() as books:
        assert len(make.rows_of(books, SelfBilledInvoice)) == 1


def test_work_taxed_otherwise_than_is_on_file_is_refused_before_it_is_shown(opener, contract):
    on_file: dict[str, Any] = {
        "place": "xa",
        "program": "staffing",
        "category": "S",
        "cite": "certificate",
    }
    with opener()() as books:
        billing.worked(books, contract, 2)
        for since, rate in ((date(2026, 1, 1), 1100), (date(2026, 10, 1), 700)):
            row = InputTax(id=books.key(), valid_from=since, rate_e4=rate, **on_file)
            books.enter(row, because="as the test wants it")
    billing.agreed(opener, contract)

    outcome = sweep("self_billing", opener(as_of=billing.OVER))

    [(_, why)] = outcome.refused
    assert "would be taxed S 11.00 %, but on file is S 7.00 % (certificate)" in why
    assert billing.invoices(opener) == {}
