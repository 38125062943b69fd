"""A return handed in, amended for late tax, and the amendment rejected: to be ended and replayed.

Every act here may be repeated: people do what they have not done yet.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from tests import make
from tests.make.days import AS_OF
from tests.stages.filing.carrying import DECEMBER, TAX, two_payments
from tests.stages.settlement.month import claim
from vendorops.books import Answer, Books, answer, waiting
from vendorops.books.engine import engine
from vendorops.demo import PlainWorld
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now
from vendorops.settings import Settings
from vendorops.tables import Contract, Decision, Filing

LATER = date(2026, 12, 4)
SECOND = "second.tax"
ROUNDS = 3


def returnable(world: PlainWorld) -> None:
    """Two payments to one person in November, of which tax was kept back, and a third claim."""

    def opener(
        as_of: date = AS_OF, actor: str = "system:test", month: str | None = None
    ) -> Callable[[], AbstractContextManager[Books]]:
        del month
        return lambda: world.act(actor, as_of)

    two_payments(opener)
    with world.act("system:test", AS_OF) as books:
        claim(books, make.only(books, Contract, program="freelance"), ("1", "3000"), rate_e4=0)
        make.person(books, SECOND)
        make.grant(books, SECOND, "tax")


def returned(world: PlainWorld) -> None:
    """Hand November's return in; settle more of November; amend it, which the office rejects."""
    if not _outcome_asked(world):  # On a later day nobody carries on as of a day before.
        _carried(world, DECEMBER, {"filing_submission": {"receipt": "SH-1"}}, "RET-2026-000001")
    for _ in range(ROUNDS):
        world.run("settlement", AS_OF)
        _answered(world, AS_OF, ("settlement", "wang.approver", "approve"), {})
    _carried(world, LATER, {"filing_submission": {"receipt": "SH-2"}}, "RET-2026-000002")
    _answered(world, LATER, ("filing_outcome", TAX, "reject"), {}, "RET-2026-000002")
    for stage in ("returns", "filing", "returns", "delivery"):
        world.run(stage, LATER)


def _outcome_asked(world: PlainWorld) -> bool:
    """Tell whether the first return was carried as far as December carries it."""
    with world.act("reader", DECEMBER) as books:
        asked = select(Decision).where(col(Decision.kind) == "filing_outcome")
        return bool(books.session.exec(asked).first())


def _carried(
    world: PlainWorld, day: date, details: Mapping[str, Mapping[str, Any]], reference: str
) -> None:
    """Carry a return until the office is to say something."""
    world.run("filing", day)
    for _ in range(ROUNDS):
        for stage in ("returns", "delivery"):
            world.run(stage, day)
        for kind in ("filing", "filing_submission"):
            _answered(world, day, (kind, TAX, "approve"), details.get(kind, {}), reference)
    world.run("returns", day)


def _answered(
    world: PlainWorld,
    day: date,
    said: tuple[str, str, str],
    detail: Mapping[str, Any],
    about: str = "",
) -> None:
    kind, who, verdict = said
    with world.act(who, day) as books:
        for row in [row for row in waiting(books) if row.kind == kind]:
            if about in ("", row.subject_reference):
                answer(books, Answer(row.reference, verdict, f"as {who} sees it", detail))


def hand_in(home: str, who: str, receipt: str, database: str = "") -> str:
    """Let somebody record that the first return was handed in; return what he was told."""
    here = PlainWorld(Settings.at(Path(home), database), now)
    try:
        with here.act(who, DECEMBER) as books:
            asked = make.only(books, Decision, kind="filing_submission")
            answer(books, Answer(asked.reference, "approve", "handed in", {"receipt": receipt}))
    except Refused as refusal:
        return str(refusal)
    finally:
        engine(here.settings).dispose()
    return "recorded"


def approved(world: PlainWorld) -> None:
    """Carry the first return until its file lies outside."""
    world.run("filing", DECEMBER)
    world.run("returns", DECEMBER)
    _answered(world, DECEMBER, ("filing", TAX, "approve"), {})
    for stage in ("returns", "delivery"):
        world.run(stage, DECEMBER)
    with world.act("reader", DECEMBER) as books:
        assert make.only(books, Filing).status == "written"


FILING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (returnable, returned, approved)
}
