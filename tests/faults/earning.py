"""A month of earnings entered and corrected: to be ended and played again.

Every act here may be repeated: people do what they have not done yet.
"""

from collections.abc import Callable
from datetime import date

from sqlmodel import select

from tests import make
from tests.stages.earnings.earning import facts, plans, studio
from tests.stages.settlement.month import company
from vendorops.books import Answer, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.tables import Contract, EarningFact
from vendorops.working.earning import propose_plans, read_facts, report

AGREED, OVER, LATER = date(2026, 10, 1), date(2026, 11, 2), date(2026, 11, 20)
PLAN = (
    "method: profit_share, plan: monthly, share: 0.50, recover_share: 0.5, valid_from: 2026-10-01"
)
FIRST = {
    "s1": "kind: sale, day: 2026-10-05, amount: 1000.00",
    "c1": "kind: cost, day: 2026-10-06, amount: 200.00",
    "a1": "kind: advance, day: 2026-10-01, amount: 90.00",
}
LATE = {"c2": "kind: cost, day: 2026-10-06, amount: 300.00, replaces: c1"}


def earnable(world: PlainWorld) -> None:
    """A contract whose parties may agree on a pay plan."""
    with world.act("system:test", AGREED) as books:
        company(books)
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
        studio(books)


def earned(world: PlainWorld) -> None:
    """Agree on a plan, enter a month, have it accepted, and correct it by a fact that changed."""
    of = _contract(world)
    with world.act("lin.buyer", AGREED) as books:
        propose_plans(books, plans(of, PLAN))
    world.run("adjustments", AGREED)
    _answered(world, AGREED, "agreed_term", "wang.approver")
    world.run("adjustments", AGREED)
    for day, told in ((OVER, FIRST), (LATER, LATE)):
        if told is FIRST and _known(world) > len(FIRST):
            continue  # That round was finished before.
        data = facts(of, **told)
        with world.act("zhao.finance", day) as books:
            report(books, read_facts(data, ".yaml"), data)
        for stage in ("earnings", "acceptance", "crediting"):
            world.run(stage, day)
        _answered(world, day, "acceptance", "gao.buyer")
        _answered(world, day, "credit_memo", "gao.buyer")
        for stage in ("acceptance", "crediting", "earnings"):
            world.run(stage, day)


EARNING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (earnable, earned)
}


def _contract(world: PlainWorld) -> str:
    with world.act("system:test", AGREED) as books:
        return books.session.exec(select(Contract)).one().reference


def _known(world: PlainWorld) -> int:
    with world.act("system:test", OVER) as books:
        return len(make.rows_of(books, EarningFact))


def _answered(world: PlainWorld, day: date, kind: str, who: str) -> None:
    with world.act(who, day) as books:
        for row in [row for row in waiting(books) if row.kind == kind]:
            answer(books, Answer(row.reference, "approve", f"as {who} sees it"))
