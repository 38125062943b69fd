"""A platform's month: a run rejected, one of it held, the others settled, planned and let go.

Every act may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable
from unittest.mock import patch

from sqlmodel import select

from tests.faults.paying import APPROVER, FINANCE, releasing
from tests.stages.settlement_runs.people import EARNED, FIRST, MONTHS, platform, worker
from vendorops.books import Answer, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.paying.holding import Hold, place_hold
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import Invoice

DAY = MONTHS[FIRST]
UNSAYABLE = "王" * 141
"""A name that the bank's format has no room for."""


def crowded(world: PlainWorld) -> None:
    """Four people claim a month; the account of one cannot be said to the bank."""
    with world.act("system:test", DAY) as books:
        platform(books)
        for number, amount in enumerate(EARNED):
            worker(books, number, (amount,))
        worker(books, len(EARNED), ("500",), holder=UNSAYABLE)


def refusing(world: PlainWorld) -> None:
    """The approver says no to all of them, and nobody of them is put again."""
    _settle(world)
    _say(world, "reject")
    _settle(world)


def mending(world: PlainWorld) -> None:
    """Finance holds one claim; the others are approved, booked and planned."""
    with world.act(FINANCE, DAY) as books:
        first = books.session.exec(select(Invoice).order_by(Invoice.reference)).first()
        assert first is not None
        place_hold(books, first, Hold("the work is questioned"))
    _settle(world)
    _say(world, "approve")
    _settle(world)
    world.run("payment", DAY)


def letting_go(world: PlainWorld) -> None:
    """The file is approved, released by another person, and laid out."""
    releasing(world, DAY)


RUNNING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (crowded, refusing, mending, letting_go)
}
"""In the order in which each begins where the one before has ended."""


def _settle(world: PlainWorld) -> None:
    with patch.object(grouping, "LEAST", 2):
        world.run("settlement_runs", DAY)
        world.run("settlement", DAY)


def _say(world: PlainWorld, verdict: str) -> None:
    with world.act("reader", DAY) as books:
        asked = [row.reference for row in waiting(books) if row.kind == "settlement"]
    for reference in asked:
        with world.act(APPROVER, DAY) as books:
            answer(books, Answer(reference, verdict, "as the approver sees it"))
