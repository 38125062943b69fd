"""A month of claims in every form, from the mail to the month opened again: to be ended anywhere.

Every act here may be repeated, as those of the story: people do what they have not done yet.
"""

import re
from collections.abc import Callable, Mapping

from sqlmodel import col, select

from tests import make
from tests.faults.claim_files import MAPPED, OTHER, files
from tests.make.days import AS_OF
from tests.stages.intake import claims
from vendorops.books import Answer, Books, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.stages import reconciliation
from vendorops.stages.intake import receive
from vendorops.stages.intake.mappings import save
from vendorops.stages.reopenings import propose
from vendorops.tables import Reconciliation, Reopening, Supplier

FINANCE = "zhao.finance"
MEANT = re.compile(r"--detail (work\.\d+)=(WRK-[\d-]+)")
"""How a question says what a reference that nobody knows may mean."""
ROUNDS = 3
"""The mail, the archive in it, what lies in that."""


def claimable(world: PlainWorld) -> None:
    """Two suppliers with accepted work, and beside the books the files they will send."""
    with world.act("system:test", AS_OF) as books:
        make.people(books)
        first = _worked(books, claims.SELLER)
        second = _worked(books, OTHER)
        found = files(first, second)
    for act, held in found.items():
        folder = world.settings.home / "inbox" / act
        folder.mkdir(parents=True)
        for name, data in held.items():
            (folder / name).write_bytes(data)


def printed(world: PlainWorld) -> None:
    """Take in an invoice as UBL, one as CII and one as a PDF that holds its XML."""
    _take(world, "printed")


def listed(world: PlainWorld) -> None:
    """Take in statements; the columns of one are known only once finance has said so."""
    _take(world, "listed")
    with world.act(FINANCE, AS_OF) as books:
        save(books, _first(books), MAPPED)
    world.run("intake", AS_OF)


def turned_away(world: PlainWorld) -> None:
    """Take in what rules reject, what is set aside, and a paper that finance rejects."""
    _take(world, "turned_away")
    _say(world, "claim_review", FINANCE, "reject")
    world.run("intake", AS_OF)


def foreign(world: PlainWorld) -> None:
    """Take in forms of other countries: of a seller nobody knows each run says so again.

    One looks like a claim made before, as finance sees.
    """
    _take(world, "foreign")
    _reject_alike(world)


def mailed(world: PlainWorld) -> None:
    """Open a mail with an archive; one claim in it was made before, as finance sees."""
    _take(world, "mailed")
    _reject_alike(world)


def matched(world: PlainWorld) -> None:
    """Match each supplier in a transaction of its own; finance says what was meant, and seals."""
    reconciliation.PARTITION_SUPPLIERS = 1
    for _ in range(ROUNDS):
        world.run("reconciliation", AS_OF)
        world.run("exceptions", AS_OF)
        _say(world, "exception", FINANCE)
    world.run("exceptions", AS_OF)


def reopened(world: PlainWorld) -> None:
    """Open a sealed month again and match it anew; the old version stays."""
    with world.act(FINANCE, AS_OF) as books:
        of = select(Reconciliation).where(col(Reconciliation.supplier_id) == _first(books).id)
        if not make.rows_of(books, Reopening):
            newest = books.session.exec(of.order_by(col(Reconciliation.version).desc())).first()
            assert newest is not None
            propose(books, newest, "the supplier sent its own time sheets")
    world.run("reopenings", AS_OF)
    _say(world, "reopening", "wang.approver")
    world.run("reopenings", AS_OF)
    matched(world)


CLAIMING: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function
    for function in (
        *(claimable, printed, listed, turned_away, foreign, mailed),
        *(matched, reopened),
    )
}
"""In the order in which each begins where the one before has ended."""


def _worked(books: Books, number: str) -> claims.Known:
    """A supplier with ten accepted pieces of work, each of another length."""
    of = claims.known(books, number)
    work = [make.done(str(hours)) for hours in range(1, 9)]
    more = make.items_of(books, make.service_sheet(books, of.contract, work))
    return of._replace(items=[*of.items, *more])


def _first(books: Books) -> Supplier:
    return books.session.exec(select(Supplier).order_by(col(Supplier.reference))).all()[0]


def _take(world: PlainWorld, act: str) -> None:
    for path in sorted((world.settings.home / "inbox" / act).iterdir()):
        with world.act("portal", AS_OF) as books:
            receive(books, path.read_bytes(), path.name)
    for _ in range(ROUNDS if act == "mailed" else 1):
        world.run("intake", AS_OF)


def _reject_alike(world: PlainWorld) -> None:
    """Let finance reject the one claim that looks like an earlier one.

    Of two at once the second would be asked about anew once the first is rejected, or not, as the
    order has it: what people are asked depends on what they said before.
    """
    world.run("duplicates", AS_OF)
    _say(world, "possible_duplicate", FINANCE, "reject")
    world.run("duplicates", AS_OF)


def _say(world: PlainWorld, kind: str, who: str, verdict: str = "approve") -> None:
    """Let somebody answer every open question of a kind, each in a transaction of its own."""
    with world.act("reader", AS_OF) as books:
        asked = [(row.reference, row.question) for row in waiting(books) if row.kind == kind]
    for reference, question in asked:
        detail: Mapping[str, str] = dict(MEANT.findall(question))
        with world.act(who, AS_OF) as books:
            answer(books, Answer(reference, verdict, f"as {who} sees it", detail))
