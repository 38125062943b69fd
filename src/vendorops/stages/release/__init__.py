"""Lets payments go: approved by one person, released by another, checked again in between."""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided, log
from vendorops.books.many import move_many
from vendorops.books.questions import those_who_answered
from vendorops.books.withdrawing import withdraw
from vendorops.documents.statements import payment_statement, payments_of
from vendorops.domain.lifecycle import PaymentBatchStatus, PaymentStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.paying.freezing import at_the_bank, frozen
from vendorops.stages import Step
from vendorops.stages.release.by_hand import hands, kept_out
from vendorops.stages.release.obstacles import obstacles
from vendorops.stages.release.sending import send
from vendorops.tables import (
    Decision,
    LegalEntity,
    PartReturn,
    Party,
    Payment,
    PaymentBatch,
    Settlement,
)

__all__ = ["SUBJECT", "Held", "advance", "ready"]

SUBJECT = PaymentBatch
OWNER = "finance"
"""The role that sees to what is refused here."""
UNDERWAY = (PaymentBatchStatus.PLANNED, PaymentBatchStatus.APPROVED)


class Held(Refused):
    """Something changed since the batch was approved; no money goes."""


def ready(books: Books) -> list[int]:
    """Return batches that are neither released nor cancelled."""
    query = select(PaymentBatch.id).where(col(PaymentBatch.status).in_(UNDERWAY))
    return list(books.session.exec(query.order_by(col(PaymentBatch.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a batch one step further: approved, released, or cancelled by whoever says no.

    Raises Held when an account is no longer active, is being changed or was not proved, when a
    settlement is no longer what was approved, the execution day has passed or another law holds on
    it, or a supplier lacks a paper that payment needs; somebody is then asked whether to cancel
    the batch, so that the rest is planned anew.
    """
    log.lock(books.session)  # Whoever holds, disputes or revokes meanwhile was before, or waits.
    batch = books.get(PaymentBatch, ident)
    books.session.refresh(batch)
    if batch.status == PaymentBatchStatus.PLANNED:
        return _approve(books, batch)
    if batch.status == PaymentBatchStatus.APPROVED:
        if reason := frozen(books):
            if at_the_bank(books, batch):
                return _release(books, batch)  # The money went; only these books forgot it.
            raise Held(f"{batch.reference} is held: {reason}")
        found = obstacles(books, batch)
        return _hold(books, batch, found) if found else _release(books, batch)
    return Step.DONE


def _approve(books: Books, batch: PaymentBatch) -> Step:
    decision = decided(books, _question(books, batch, "payment_approval"))
    if decision is None:
        return Step.WAITING
    if decision.answer == "reject":
        return _cancel(books, batch, decision)
    batch.approved_by = decision.answered_by
    because = f"{decision.reference} by {decision.answered_by}"
    books.move(batch, PaymentBatchStatus.APPROVED, because=because)
    payments = payments_of(books, batch)
    told = [f"{batch.reference} is approved"] * len(payments)
    move_many(books, payments, PaymentStatus.APPROVED, told)
    return Step.AGAIN


def _release(books: Books, batch: PaymentBatch) -> Step:
    decision = decided(books, _question(books, batch, "payment_release"))
    answers = [decision, *hands(books, batch, (batch.planned_by, *_approvers(books, batch)))]
    for each in answers:
        if each is not None and each.answer == "reject":
            return _cancel(books, batch, each)
    if decision is None or None in answers:
        return Step.WAITING
    send(books, batch, decision)
    withdraw(books, batch, f"{batch.reference} is released")
    return Step.DONE


def _hold(books: Books, batch: PaymentBatch, found: list[str]) -> Step:
    why = "; ".join(found)
    question = Question(
        kind="payment_hold",
        subject=batch,
        content=payment_statement(books, batch) | {"obstacles": found},
        sentence=f"Cancel {batch.reference} and plan its payments anew? It is held: {why}",
        role="finance",
    )
    asked_before = _is_asked(books, batch, question)
    decision = decided(books, question)
    if decision and decision.answer == "approve":
        return _cancel(books, batch, decision)
    if decision is None and not asked_before:
        return Step.AGAIN  # So that the question is kept; the refusal below keeps nothing.
    raise Held(f"{batch.reference} is held: {why}; put that right, or cancel the batch")


def _is_asked(books: Books, batch: PaymentBatch, question: Question) -> bool:
    query = select(Decision.id).where(
        col(Decision.subject_table) == "paymentbatch",
        col(Decision.subject_id) == batch.id,
        col(Decision.kind) == question.kind,
        col(Decision.content_sha256) == question.sha256,
    )
    return books.session.exec(query).first() is not None


def _question(books: Books, batch: PaymentBatch, kind: str) -> Question:
    verb, role = {
        "payment_approval": ("Approve", "approver"),
        "payment_release": ("Release", "releaser"),
    }[kind]
    total = Money(batch.control_sum_minor, batch.currency)
    return Question(
        kind=kind,
        subject=batch,
        content=payment_statement(books, batch),
        sentence=(
            f"{verb} payment file {batch.reference}: {batch.count} payments of {total} in all, "
            f"to be executed on {batch.execution_day}?"
        ),
        role=role,
        amount=total,
        place=_payer_place(books, batch),
        not_by=_who_took_part(books, batch),
    )


def _payer_place(books: Books, batch: PaymentBatch) -> str:
    entity = books.get(LegalEntity, batch.legal_entity_id)
    return books.get(Party, entity.party_id).place


def _who_took_part(books: Books, batch: PaymentBatch) -> tuple[str, ...]:
    """Return who may not go on with a batch; who approved what is in it may not let it go."""
    if batch.approved_by is None:
        return (batch.planned_by,)
    people = kept_out(books, batch) | _approvers(books, batch)
    return (batch.planned_by, *sorted(people - {batch.planned_by}))


def _approvers(books: Books, batch: PaymentBatch) -> set[str]:
    """Return who approved a batch, or a settlement, run, return or part that it pays."""
    mine = col(Payment.batch_id) == batch.id
    runs = select(Settlement.settlement_run_id).join(
        Payment, col(Payment.settlement_id) == col(Settlement.id)
    )
    parts = select(PartReturn.settlement_id).join(
        Payment, col(Payment.returned_by_id) == col(PartReturn.bank_entry_id)
    )
    paid = (
        ("settlement", "settlement", select(Payment.settlement_id)),
        ("settlement", "settlement", parts),
        ("settlement", "settlementrun", runs),
        ("filing", "filing", select(Payment.filing_id)),
        ("bank_entry", "bankentry", select(Payment.returned_by_id)),
    )
    approvers = {batch.approved_by}
    for kind, table, idents in paid:
        approvers |= those_who_answered(
            books,
            col(Decision.kind) == kind,
            col(Decision.subject_table) == table,
            col(Decision.subject_id).in_(idents.where(mine)),
        )
    return {str(handle) for handle in approvers if handle}


def _cancel(books: Books, batch: PaymentBatch, decision: Decision) -> Step:
    because = f"{decision.reference} by {decision.answered_by}"
    books.move(batch, PaymentBatchStatus.CANCELLED, because=because)
    payments = payments_of(books, batch)
    told = [f"{batch.reference} is cancelled"] * len(payments)
    move_many(books, payments, PaymentStatus.CANCELLED, told)
    withdraw(books, batch, f"{batch.reference} is cancelled")
    return Step.DONE
