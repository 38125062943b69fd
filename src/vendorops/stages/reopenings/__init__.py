"""Opens sealed months again, once another person has agreed: the next match is a new version.

The old version stays as it was sealed and replays. Only claims that no settlement holds are taken
up again; a superseded month still explains the others.
"""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus, ReopeningStatus
from vendorops.stages import Step
from vendorops.stages.reopenings.proposing import NotReopenable, open_claims, propose
from vendorops.tables import Invoice, Reconciliation, Reopening, Supplier
from vendorops.working.claiming import release

__all__ = ["SUBJECT", "NotReopenable", "advance", "propose", "ready"]

SUBJECT = Reopening
OWNER = "finance"
"""The role that sees to what is refused here."""
ROLE = "approver"
"""Who decides; whoever proposed it may not."""
DUE_DAYS = 2


def ready(books: Books) -> list[int]:
    """Return the proposals nobody has decided yet."""
    query = select(Reopening.id).where(col(Reopening.status) == ReopeningStatus.PROPOSED)
    return list(books.session.exec(query.order_by(col(Reopening.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a proposal decided, and take the claims up again where it was approved."""
    reopening = books.get(Reopening, ident)
    if reopening.status != ReopeningStatus.PROPOSED:
        return Step.DONE
    of = books.hold(Reconciliation, reopening.reconciliation_id)
    claims = open_claims(books, of)
    if of.status != ReconciliationStatus.SEALED or not claims:
        because = f"nothing of {of.reference} can be taken up again: it is {of.status}"
        withdraw(books, reopening, because)
        books.move(reopening, ReopeningStatus.WITHDRAWN, because=because)
        return Step.DONE
    decision = decided(books, _question(books, reopening, of, claims))
    if decision is None:
        return Step.WAITING
    because = f"{reopening.reference}, {decision.answer} by {decision.answered_by}"
    if decision.answer == "approve":
        _reopen(books, of, claims, because)
        books.move(reopening, ReopeningStatus.EFFECTED, because=because)
    else:
        books.move(reopening, ReopeningStatus.REJECTED, because=because)
    return Step.DONE


def _reopen(books: Books, of: Reconciliation, claims: list[Invoice], because: str) -> None:
    for claim in claims:
        books.move(claim, InvoiceStatus.IN_PROCESS, because=because)
        release(books, claim)
    books.move(of, ReconciliationStatus.SUPERSEDED, because=because)


def _question(
    books: Books, reopening: Reopening, of: Reconciliation, claims: list[Invoice]
) -> Question:
    supplier = books.get(Supplier, of.supplier_id)
    named = [claim.reference for claim in claims]
    return Question(
        kind="reopening",
        subject=reopening,
        content={
            "reopening": reopening.reference,
            "reconciliation": of.reference,
            "inputs_sha256": of.inputs_sha256,
            "result_sha256": of.result_sha256,
            "supplier": supplier.reference,
            "month": of.month,
            "claims": named,
            "reason": reopening.reason,
            "proposed_by": reopening.proposed_by,
        },
        sentence=f"Explain {', '.join(named)} of {supplier.reference} in {of.month} once more? "
        f"{reopening.proposed_by} proposes it: {reopening.reason.rstrip('.')}. "
        f"{of.reference} stays as it was sealed.",
        role=ROLE,
        due_days=DUE_DAYS,
        party_id=supplier.party_id,
        not_by=(reopening.proposed_by,),
    )
