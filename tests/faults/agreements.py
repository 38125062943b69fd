"""What the story does not play: a draft is haggled over, a contract ended, one left to run out.

Every act here may be repeated, as those of the story: people do what they have not done yet.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlmodel import select

from vendorops.books import Answer, answer, waiting
from vendorops.demo import PlainWorld, story
from vendorops.documents.ending import End, terminate
from vendorops.documents.negotiating import negotiate
from vendorops.domain.lifecycle import ContractStatus
from vendorops.tables import Contract, Supplier

DRAFTS = (
    ("he.yunshu", "reason: thirty days are too few for us\npayment: {days: 45}\n"),
    ("lin.buyer", "reason: forty then, and a lower cap\npayment: {days: 40}\ncap: 500000.00\n"),
)
"""Who proposes what about the first draft, one after the other."""
ENDED, GONE = date(2026, 12, 3), date(2027, 1, 3)
"""When notice of thirty days is given, and the first day without the contract."""
WATCHED, LAST, OVER = date(2027, 8, 2), date(2027, 9, 30), date(2027, 10, 1)
"""When renewals are asked for, the last day of all contracts, and the day after."""


class Said(NamedTuple):
    """What somebody answers to a question about a supplier."""

    program: str
    kind: str
    who: str
    verdict: str = "approve"


def drafting(world: PlainWorld) -> None:
    """Draft all contracts, and ask for their approval."""
    for stage in ("bank_accounts", "contracting", "signing"):
        world.run(stage, story.SIGNED)


def negotiating(world: PlainWorld) -> None:
    """Let both sides propose another draft, and agree to the last; approvals bind to one draft."""
    for number, (who, proposal) in enumerate(DRAFTS, start=1):
        with world.act(who, story.SIGNED) as books:
            contract = books.session.exec(select(Contract).filter_by(program="bpo")).one()
            if contract.version == number:
                negotiate(books, contract, proposal.encode())
        world.run("signing", story.SIGNED)
    _answered(world, "signing", story.SIGNED, Said("bpo", "contract", "wang.approver"))
    _answered(world, "signing", story.SIGNED, Said("bpo", "signature", "he.yunshu"))
    world.run("signing", story.IN_FORCE)


def ending(world: PlainWorld) -> None:
    """End one contract by notice; of the others one is renewed, one lapses, one is forgotten."""
    with world.act("lin.buyer", ENDED) as books:
        contract = books.session.exec(select(Contract).filter_by(program="bpo")).one()
        if contract.status == ContractStatus.EFFECTIVE:
            terminate(books, contract, End("notice", "the project is over"))
    _answered(world, "terminations", ENDED, Said("bpo", "termination", "wang.approver"))
    world.run("delivery", ENDED)
    world.run("terminations", GONE)
    _answered(world, "expiry", WATCHED, Said("staffing", "renewal", "lin.buyer"))
    _answered(world, "expiry", WATCHED, Said("rpo", "renewal", "lin.buyer", "reject"))
    _answered(world, "amendments", WATCHED, Said("staffing", "amendment", "wang.approver"))
    _answered(world, "amendments", WATCHED, Said("staffing", "signature", "gao.staffing"))
    for day in (LAST, OVER):
        for stage in ("amendments", "expiry"):
            world.run(stage, day)


AGREEMENTS: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (drafting, negotiating, ending)
}


def _answered(world: PlainWorld, stage: str, day: date, said: Said) -> None:
    """Run a stage, let somebody answer what it asks about one supplier, and run it on."""
    world.run(stage, day)
    with world.act(said.who, day) as books:
        supplier = select(Supplier).join(Contract).filter_by(program=said.program)
        party_id = books.session.exec(supplier).one().party_id
        for row in waiting(books):
            if (row.kind, row.party_id) == (said.kind, party_id):
                reply = Answer(row.reference, said.verdict, f"as {said.who} sees it")
                answer(books, reply)
    world.run(stage, day)
