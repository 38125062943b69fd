"""What was brought until a payee was stopped is paid; what comes later is refused when told."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.earnings.earning import (
    AGREED,
    DECEMBER,
    NOVEMBER,
    SHARE,
    SOLD,
    agree,
    founded,
    lines,
    reported,
    run,
    studio,
    works,
)
from vendorops.books.standing import propose_change
from vendorops.domain.earnings import BadFact
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.stages import sweep
from vendorops.stages.earnings import ready
from vendorops.tables import Contract, Refusal, Supplier, WorkItem

STOPPED = date(2026, 10, 20)
BASE = (
    "method: income_share, plan: base_plus_commission, base: 3100.00,"
    " steps: [{from: 0.00, share: 0.05}], valid_from: 2026-10-01"
)


def change(opener, of: str, to: SupplierStatus, on: date) -> None:
    """Have the supplier of a contract stopped or reinstated on a day."""
    with opener(as_of=on, actor="lin.buyer")() as books:
        supplier = books.get(Supplier, books.named(Contract, of).supplier_id)
        propose_change(books, supplier, to, "its people were not paid")
    sweep("suppliers", opener(as_of=on))
    make.reply(opener, "supplier_change", "wang.approver", as_of=on)
    sweep("suppliers", opener(as_of=on))


def days(opener) -> list[date]:
    """Return the day of every piece of work."""
    with opener(as_of=DECEMBER)() as books:
        assert broken(books) == []
        return [row.performed_on for row in make.rows_of(books, WorkItem)]


def test_sales_of_a_month_before_its_payee_was_stopped_are_entered_with_their_day(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, as_of=STOPPED, s1=SOLD)
    change(opener, of, SupplierStatus.SUSPENDED, STOPPED)

    run(opener)

    assert works(opener) == [(of, "2026-10", 600_00)]
    assert days(opener) == [date(2026, 10, 5)]


def test_a_sale_after_the_stop_is_refused_when_it_is_reported(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    change(opener, of, SupplierStatus.SUSPENDED, STOPPED)

    with pytest.raises(BadFact, match="was stopped on 2026-10-20"):
        reported(opener, of, s1="kind: sale, day: 2026-10-21, amount: 1.00")
    assert reported(opener, of, s2="kind: sale, day: 2026-10-20, amount: 1.00") == (1, 0)


def test_base_pay_is_dated_by_the_last_open_day_and_a_month_without_one_earns_nothing(opener):
    of = founded(opener)
    agree(opener, of, BASE)
    change(opener, of, SupplierStatus.SUSPENDED, STOPPED)

    run(opener, DECEMBER)

    assert lines(opener) == [("2026-10", "earned", 1, 3_100_00)]
    assert days(opener) == [STOPPED]


def test_a_payee_that_was_reinstated_within_the_month_earns_its_base_to_the_end(opener):
    of = founded(opener)
    agree(opener, of, BASE)
    change(opener, of, SupplierStatus.SUSPENDED, STOPPED)
    change(opener, of, SupplierStatus.QUALIFIED, date(2026, 10, 26))

    run(opener)

    assert days(opener) == [date(2026, 10, 31)]


def test_a_broker_that_is_stopped_keeps_the_payee_from_nothing(opener):
    of = founded(opener)
    with opener(as_of=AGREED)() as books:
        broker = studio(books, "6222020200012349999").reference
    whole = SHARE.replace("0.60", "1")
    agree(opener, of, f"{whole}, parts: [{{to: self, share: 0.6}}, {{to: {broker}, share: 0.4}}]")
    change(opener, broker, SupplierStatus.SUSPENDED, date(2026, 10, 2))
    reported(opener, of, s1=SOLD)

    told = [sweep("earnings", opener(as_of=day)) for day in (NOVEMBER, DECEMBER)]

    assert works(opener) == [(of, "2026-10", 600_00)]
    assert [len(each.refused) for each in told] == [1, 1]
    assert "was stopped on 2026-10-02" in told[0].refused[0][1]
    with opener(as_of=DECEMBER)() as books:
        assert make.only(books, Refusal).resolved_on is None
        assert ready(books) != []
    assert days(opener) == [date(2026, 10, 5)]


def test_a_week_over_the_end_of_a_month_is_work_of_the_month_it_was_done_in(opener):
    of = founded(opener)
    agree(opener, of, SHARE.replace("monthly", "weekly"))
    reported(opener, of, s1="kind: sale, day: 2026-10-30, amount: 1000.00")

    run(opener)

    assert lines(opener) == [("2026-W44", "earned", 1, 600_00)]
    assert works(opener) == [(of, "2026-10", 600_00)]
