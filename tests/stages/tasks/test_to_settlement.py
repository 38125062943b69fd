"""One task from its posting to the tax withheld on it, against a computation of our own."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import balances, company, settled
from tests.stages.tasks.story import (
    ANOTHER_ADULT,
    FIRST,
    SECOND,
    applied,
    given,
    handed_in,
    judged,
    posted,
    run,
    signed,
    statuses,
)
from vendorops.domain.money import Money
from vendorops.stages import sweep
from vendorops.tables import (
    Contract,
    Settlement,
    TaskAssignment,
    TaskDelivery,
    Withholding,
    WorkItem,
)
from vendorops.tracing import broken, explain, written

PRICE = "16.837"
FIRST_DAY, REWORKED, DECEMBER = date(2026, 11, 10), date(2026, 11, 16), date(2026, 12, 2)
MONTH = "2026-11"


def withheld(net_minor: int) -> int:
    """Tax on one month's labour remuneration (SAT 2018 No. 61, art. 8, table 2), in fen."""
    income = Fraction(net_minor, 100)
    base = max(income - 800, Fraction(0)) if income <= 4000 else income * Fraction(4, 5)
    rate, quick = next(
        (Fraction(rate, 100), quick)
        for most, rate, quick in ((20_000, 20, 0), (50_000, 30, 2000), (10**12, 40, 7000))
        if base <= most
    )
    return int((base * rate - quick) * 100 + Fraction(1, 2))


@pytest.fixture
def freelancers(opener):
    """Our company with its account, and two freelancers with theirs."""
    with opener()() as books:
        company(books)
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
        first = make.freelancer(books, FIRST, account="6222020200012345678")
        second = make.freelancer(books, SECOND, ANOTHER_ADULT, "6222020200012345686")
        return first.supplier_id, second.supplier_id


def claimed(opener, supplier_id, quantity):
    """Claim all that was accepted of one freelancer."""
    with opener(as_of=DECEMBER)() as books:
        contract = make.only(books, Contract, supplier_id=supplier_id)
        query = select(WorkItem).where(
            col(WorkItem.contract_id) == contract.id, col(WorkItem.accepted_e4) > 0
        )
        work = books.session.exec(query).one()
        line = make.claimed(work, quantity, PRICE, tax_rate_e4=0, tax_category="O")
        day = DECEMBER - timedelta(days=2)
        make.invoice(books, contract, [line], month=MONTH, issue_date=day)


def taken(opener, freelancers):
    """A task of which the first freelancer asked for a slot and the second one was given one."""
    task = posted(opener, price=PRICE)
    applied(opener, task, freelancers[0], FIRST)
    run(opener)
    make.reply(opener, "task_application", "lin.buyer")
    run(opener)
    given(opener, task, freelancers[1])
    assert statuses(opener, task) == ("assigned", ["offered", "offered"])
    with opener()() as books:
        orders = [make.only(books, TaskAssignment, supplier_id=who) for who in freelancers]
    return task, signed(opener, orders[0], FIRST), signed(opener, orders[1], SECOND)


def done(opener, first, second):
    """250 of 300 accepted of the first, all of the second, but only once it was done again."""
    handed_in(opener, first, FIRST, as_of=FIRST_DAY)
    run(opener, FIRST_DAY)
    judged(opener, accept={"WRK-2026-000001": "250"}, as_of=FIRST_DAY)
    handed_in(opener, second, SECOND, as_of=FIRST_DAY)
    run(opener, FIRST_DAY)
    judged(opener, "reject", as_of=FIRST_DAY)
    handed_in(opener, second, SECOND, files=[("better.csv", b"better")], as_of=REWORKED)
    run(opener, REWORKED)
    judged(opener, as_of=REWORKED)


def assert_deliveries_unfold(books):
    for row in books.session.exec(select(TaskDelivery)):
        tree = explain(books, row.reference)
        assert (tree.amount is not None, broken(tree)) == (True, [])
        assert {"evidence", "work", "contract"} <= {part.kind for part in tree.parts}


def test_two_slots_are_done_accepted_claimed_and_taxed_to_the_cent(opener, freelancers):
    task, first, second = taken(opener, freelancers)
    done(opener, first, second)
    assert statuses(opener, task) == ("assigned", ["rework", "accepted"])
    claimed(opener, freelancers[0], "250")
    claimed(opener, freelancers[1], "300")
    run(opener, DECEMBER)
    sweep("reconciliation", opener(as_of=DECEMBER, month=MONTH))

    settled(opener, DECEMBER)
    run(opener, DECEMBER)
    run(opener, DECEMBER)

    assert statuses(opener, task) == ("settled", ["settled", "settled"])
    with opener()() as books:
        for who, pieces in zip(freelancers, (250, 300), strict=True):
            net = int(Fraction(PRICE) * pieces * 100 + Fraction(1, 2))
            owed = make.only(books, Settlement, supplier_id=who)
            held = make.only(books, Withholding, settlement_id=owed.id)
            assert held.tax == "cn.iit.labor_remuneration"
            assert (owed.net_minor, owed.withheld_minor) == (net, withheld(net))
            assert (held.amount_minor, owed.payable_minor) == (withheld(net), net - withheld(net))
            told = "\n".join(written(explain(books, owed.reference)))
            assert ("labels.csv  evidence" in told) or ("better.csv  evidence" in told)
        order = explain(books, second.reference)
        assert (order.amount, broken(order)) == (Money(505_110, "CNY"), [])
        assert [part.kind for part in order.parts] == ["task", "decision", "work", "work"]
        assert_deliveries_unfold(books)
        assert balances(books) == {
            "expense": 420_925 + 505_110,
            "payable": 420_925 + 505_110 - 67_348 - 80_818,
            "withheld-tax": 67_348 + 80_818,
        }
