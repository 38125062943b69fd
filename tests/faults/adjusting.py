"""Terms agreed, their lines entered, issued and booked: to be ended and played again.

Every act here may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable
from datetime import date

from sqlmodel import select

from tests import make
from tests.stages.adjustments.agreed import agency, terms, worked
from vendorops.books import Answer, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.stages.adjustments import propose
from vendorops.tables import Contract

AGREED, CLOSED, CORRECTED = date(2026, 1, 5), date(2026, 3, 4), date(2026, 4, 3)
STEPS = "steps: [{from: 1000.00, share: 0.02}, {from: 2500.00, share: 0.05}]"
SAID = (
    f"kind: volume, months: 3, manner: whole, valid_from: 2026-01-01, {STEPS}",
    "kind: program_fee, funded_by: client, share: 0.03, valid_from: 2026-01-01",
)


def adjustable(world: PlainWorld) -> None:
    """A contract with the accepted work of two months."""
    with world.act("system:test", AGREED) as books:
        agency(books)
        worked(books, "2026-01", "110")
        worked(books, "2026-02", "10")


def adjusted(world: PlainWorld) -> None:
    """Agree on two terms, enter the lines of two months, and correct them by a third one."""
    with world.act("zhao.finance", AGREED) as books:
        propose(books, terms(books.session.exec(select(Contract)).one(), *SAID))
    world.run("adjustments", AGREED)
    _answered(world, AGREED, "agreed_term", "wang.approver")
    for day in (AGREED, CLOSED):
        world.run("adjustments", day)
    with world.act("system:test", CORRECTED) as books:
        sheets = books.session.connection().exec_driver_sql("SELECT count(*) FROM servicesheet")
        if sheets.scalar_one() == len(SAID):
            worked(books, "2026-03", "130", source_sha256=make.SHA)
    for stage in ("adjustments", "crediting"):
        world.run(stage, CORRECTED)
    _answered(world, CORRECTED, "credit_memo", "lin.buyer")
    world.run("crediting", CORRECTED)


ADJUSTING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (adjustable, adjusted)
}


def _answered(world: PlainWorld, day: date, kind: str, who: str) -> None:
    with world.act(who, day) as books:
        for row in [row for row in waiting(books) if row.kind == kind]:
            answer(books, Answer(row.reference, "approve", f"as {who} sees it"))
