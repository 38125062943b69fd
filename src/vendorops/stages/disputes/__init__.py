"""Carries disputes on: lets late turns escalate, outcomes be decided, and credits come back."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, decided
from vendorops.books.withdrawing import withdraw
from vendorops.claiming.undecided import DECIDED, UNDECIDED
from vendorops.domain.disputing import PROGRAM
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.stages import Step
from vendorops.stages.disputes.agreeing import (
    MEMO,
    NotAgreeable,
    Outcome,
    carry_out,
    is_gone,
    propose_outcome,
    question,
)
from vendorops.stages.disputes.crediting import (
    overdue_note,
    take_off,
    tie_note,
    untied,
    waits_for_note,
)
from vendorops.stages.disputes.opening import (
    Disputed,
    DisputeOver,
    open_dispute,
    say,
    withdraw_dispute,
)
from vendorops.stages.disputes.parties import NotYourDispute
from vendorops.stages.disputes.stakes import NotDisputable
from vendorops.stages.disputes.turns import Evidence, Said, answer_due, end, enter_message
from vendorops.tables import Dispute, Invoice

__all__ = [
    "SUBJECT",
    "DisputeOver",
    "Disputed",
    "Evidence",
    "NotAgreeable",
    "NotDisputable",
    "NotYourDispute",
    "Outcome",
    "advance",
    "open_dispute",
    "propose_outcome",
    "ready",
    "say",
    "withdraw_dispute",
]

SUBJECT = Dispute
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return the disputes that nobody has decided, and those whose credit is still to come."""
    query = select(Dispute.id).where(
        or_(
            col(Dispute.status).in_((*UNDECIDED, DisputeStatus.AGREED)),
            and_(
                col(Dispute.status).in_(DECIDED),
                col(Dispute.noted_minor) < col(Dispute.credit_minor),
            ),
        )
    )
    return list(books.session.exec(query.order_by(col(Dispute.id))))


def advance(books: Books, ident: int) -> Step:
    """Take one step with a dispute."""
    dispute = books.get(Dispute, ident)
    if dispute.status in UNDECIDED:
        return _undecided(books, dispute)
    if waits_for_note(dispute):
        return _credited(books, dispute)
    return Step.DONE


def _undecided(books: Books, dispute: Dispute) -> Step:
    if because := is_gone(books, dispute):
        withdraw(books, dispute, because)
        end(books, dispute, DisputeStatus.LAPSED, because)
        return Step.DONE
    if dispute.status == DisputeStatus.PROPOSED:
        decision = decided(books, question(books, dispute))
        if decision is None:
            return Step.WAITING
        carry_out(books, dispute, decision)
        return Step.AGAIN
    if dispute.status != DisputeStatus.ESCALATED and dispute.due_on < books.as_of:
        _escalate(books, dispute)
        return Step.DONE
    return Step.WAITING


def _escalate(books: Books, dispute: Dispute) -> None:
    """Give the turn to the program where a side let its day pass."""
    because = f"the {dispute.clock_owner} said nothing until {dispute.due_on}"
    books.move(dispute, DisputeStatus.ESCALATED, because=because)
    due = answer_due(books, books.get(Invoice, dispute.invoice_id), PROGRAM)
    enter_message(books, dispute, Said(PROGRAM, because), PROGRAM, due)


def _credited(books: Books, dispute: Dispute) -> Step:
    if dispute.status == DisputeStatus.AGREED and dispute.credit_by == MEMO:
        # First it is known whether a memo takes it off: only then, whether a note does as well.
        return Step.AGAIN if take_off(books, dispute) else Step.WAITING
    notes = untied(books, dispute)
    if notes:
        tie_note(books, dispute, notes[0])
        return Step.AGAIN
    if dispute.status != DisputeStatus.AGREED:
        return Step.DONE
    return Step.AGAIN if overdue_note(books, dispute) else Step.WAITING
