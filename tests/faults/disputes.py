"""Two disputes from opening to settlement, with a hold and answers out: to be ended and replayed.

Every act here may be repeated: people do what they have not done yet.
"""

from collections.abc import Callable
from datetime import date

from tests import make
from tests.stages.invoice_responses import addressed
from tests.stages.settlement import month
from vendorops.books import Answer, Books, answer, waiting
from vendorops.demo import PlainWorld
from vendorops.domain.refusal import Refused
from vendorops.paying.holding import Hold, place_hold, release_hold
from vendorops.stages.disputes import Disputed, Outcome, open_dispute, propose_outcome, say
from vendorops.tables import Contract, Dispute, DisputeMessage, Invoice, InvoiceHold, InvoiceSource

DAY = date(2026, 11, 5)
BUYER, FINANCE, SIGNER, SECOND = "lin.buyer", "zhao.finance", addressed.SIGNER, "second.buyer"
NOTED_MINOR = 5_000
"""Of it 30.00 are for the finding, and 20.00 for what a memo has taken off."""


def disputable(world: PlainWorld) -> None:
    """A claim of which 39.00 were not explained, and a note that waits for what is agreed."""
    with world.act("system:test", DAY) as books:
        contract = addressed.contract(books)
        _noted(books, month.partly_explained(books, contract))
        make.person(books, SECOND)
        make.grant(books, SECOND, "buyer")


def disputed(world: PlainWorld) -> None:
    """Dispute a finding and matched work; a note and a memo bring back what was agreed."""
    _opened(world)
    _agreed(world)
    for stage in ("disputes", "crediting"):
        world.run(stage, DAY)
    _answered(world, SECOND, "credit_memo")
    for stage in ("crediting", "disputes"):
        world.run(stage, DAY)
    with world.act(FINANCE, DAY) as books:
        hold = make.only(books, InvoiceHold)
        if hold.release_asked_by is None:
            release_hold(books, hold, "they have talked")
    for stage in ("invoice_responses", "delivery", "settlement"):
        world.run(stage, DAY)


def _opened(world: PlainWorld) -> None:
    """Hold the claim, open both disputes, and let the supplier answer one."""
    with world.act(FINANCE, DAY) as books:
        if not make.rows_of(books, InvoiceHold):
            place_hold(books, _claim(books), Hold("until they have talked"))
    with world.act(BUYER, DAY) as books:
        if not make.rows_of(books, Dispute):
            for reason, amount in (("quantity_above_accepted", ""), ("quality", "100.00")):
                open_dispute(books, _claim(books), Disputed(reason, "not as agreed", 1, amount))
    with world.act(SIGNER, DAY) as books:
        if not make.rows_of(books, DisputeMessage)[2:]:
            say(books, make.rows_of(books, Dispute)[0], "we see it")


def _agreed(world: PlainWorld) -> None:
    """Propose an outcome of both, and decide them."""
    outcomes = (Outcome("as counted", "30.00", "note"), Outcome("as seen", by="memo"))
    with world.act(BUYER, DAY) as books:
        for row, outcome in zip(make.rows_of(books, Dispute), outcomes, strict=True):
            if row.outcome_by is None:
                propose_outcome(books, row, outcome)
    world.run("disputes", DAY)
    _answered(world, FINANCE, "dispute")


DISPUTES: dict[str, Callable[[PlainWorld], None]] = {
    function.__name__: function for function in (disputable, disputed)
}


def propose(world: PlainWorld, who: str, credit: str) -> str:
    """Let somebody agree about the first dispute; return what he was told."""
    try:
        with world.act(who, DAY) as books:
            row = make.rows_of(books, Dispute)[0]
            propose_outcome(books, row, Outcome(f"as {who} sees it", credit, "note"))
    except Refused as refusal:
        return str(refusal)
    return "agreed"


def _claim(books: Books) -> Invoice:
    return make.only(books, Invoice, kind="invoice")


def _answered(world: PlainWorld, who: str, kind: str) -> None:
    with world.act(who, DAY) as books:
        for row in waiting(books):
            if row.kind == kind:
                answer(books, Answer(row.reference, "approve", f"as {who} sees it"))


def _noted(books: Books, source: Invoice) -> None:
    """Enter the supplier's credit note of a claim."""
    note = month.credit(books, books.get(Contract, source.contract_id), NOTED_MINOR)
    books.enter(
        InvoiceSource(
            id=books.key(),
            invoice_id=note.id,
            source_id=source.id,
            number=source.number,
            credited_minor=-note.gross_minor,
        )
    )
