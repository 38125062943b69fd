"""Shows the statements of sealed settlements to their payees, and acts on what they say."""

from sqlalchemy import exists
from sqlmodel import col, or_, select

from vendorops.books import Books, decided, log
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import ConfirmationStatus, PaymentStatus, SettlementStatus
from vendorops.paying.confirming import confirmation_of, policy_of, show, show_again
from vendorops.stages import Step
from vendorops.stages.confirmations.asking import agreement, objection, reason_given
from vendorops.stages.confirmations.speaking_up import NotDisputable, speak_up
from vendorops.tables import (
    ConfirmationPolicy,
    Decision,
    Payment,
    Settlement,
    SettlementConfirmation,
)

__all__ = ["OWNER", "SUBJECT", "NotDisputable", "advance", "ready", "speak_up"]

SUBJECT = Settlement
OWNER = "finance"
"""The role that sees to what is refused here."""
Status = ConfirmationStatus
OPEN = (Status.SHOWN, Status.DISPUTED)
GONE = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK, PaymentStatus.SETTLED)


def ready(books: Books) -> list[int]:
    """Return settlements whose payee is to be asked, or has been and nothing is settled yet."""
    underway = select(SettlementConfirmation.id).where(
        col(SettlementConfirmation.settlement_id) == col(Settlement.id),
        col(SettlementConfirmation.status).in_(OPEN),
    )
    known = select(SettlementConfirmation.id).where(
        col(SettlementConfirmation.settlement_id) == col(Settlement.id)
    )
    paid = select(Payment.id).where(
        col(Payment.settlement_id) == col(Settlement.id), col(Payment.status).in_(GONE)
    )
    policy = select(ConfirmationPolicy.id).where(
        col(ConfirmationPolicy.valid_from) <= col(Settlement.as_of)
    )
    to_show = (
        (col(Settlement.status) == SettlementStatus.SEALED)
        & (col(Settlement.payable_minor) > 0)
        & exists(policy)
        & ~exists(known)
        & ~exists(paid)
    )
    query = select(Settlement).where(or_(exists(underway), to_show)).order_by(col(Settlement.id))
    return [
        row.id
        for row in books.session.exec(query)
        if confirmation_of(books, row) or policy_of(books, row)
    ]


def advance(books: Books, ident: int) -> Step:
    """Take one settlement a step further: shown, answered, agreed by silence, or decided."""
    log.lock(books.session)  # The payee may be speaking up meanwhile.
    settlement = books.get(Settlement, ident)
    row = confirmation_of(books, settlement)
    if row is None:
        if policy_of(books, settlement) is None:
            return Step.DONE
        show(books, settlement)
        return Step.AGAIN
    books.session.refresh(row)
    if row.status == Status.SHOWN:
        return _answered(books, settlement, row)
    if row.status == Status.DISPUTED:
        return _settled(books, settlement, row)
    return Step.DONE


def _answered(books: Books, settlement: Settlement, row: SettlementConfirmation) -> Step:
    decision = decided(books, agreement(books, settlement, row))
    if decision:
        after = Status.CONFIRMED if decision.answer == "approve" else Status.DISPUTED
        content = decision.content_sha256
        books.move(row, after, because=_said(decision), content=content)
        return Step.AGAIN
    if books.as_of <= row.due_on or not _silence_agrees(books, row):
        return Step.WAITING
    because = f"nothing was said until {row.due_on}, and silence agrees"
    books.move(row, Status.AGREED_BY_SILENCE, because=because)
    withdraw(books, row, because)
    return Step.DONE


def _silence_agrees(books: Books, row: SettlementConfirmation) -> bool:
    """Tell whether silence is an answer: by the policy, and never after a dispute."""
    if row.policy_id is None or row.round > 1:
        return False
    return books.get(ConfirmationPolicy, row.policy_id).silence == "agrees"


def _settled(books: Books, settlement: Settlement, row: SettlementConfirmation) -> Step:
    decision = decided(books, objection(books, settlement, row, reason_given(books, row)))
    if decision is None:
        return Step.WAITING
    if decision.answer == "approve":
        content = decision.content_sha256
        books.move(row, Status.OVERRULED, because=_said(decision), content=content)
        return Step.DONE
    show_again(books, row, _said(decision))
    return Step.AGAIN


def _said(decision: Decision) -> str:
    return f"{decision.reference} {decision.answer} by {decision.answered_by}"
