"""Plans payments: what a legal entity owes goes into one file per currency, to be approved."""

from datetime import date

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents.payment_files import payment_file
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.paying.accounts.first_payments import is_tried
from vendorops.paying.batches import NotPayable
from vendorops.paying.freezing import frozen
from vendorops.paying.parts_owed import unpaid_part
from vendorops.paying.paying_again import UNPAID
from vendorops.stages import Step
from vendorops.stages.payment.dues import Payable, dues, unpaid
from vendorops.stages.payment.planning import plan
from vendorops.tables import Contract, LegalEntity, PartReturn, Payment, PaymentBatch, Settlement

__all__ = ["SUBJECT", "NotPayable", "advance", "pay_out", "payment_file", "ready"]

SUBJECT = LegalEntity
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return legal entities with sealed settlements, of the month or before, still to be paid.

    Or with a part of a payment that came back and is owed anew.
    """
    owed = (
        select(Settlement.id)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(col(Contract.legal_entity_id) == col(LegalEntity.id), unpaid(books))
    )
    came_back = (
        select(PartReturn.id)
        .join(Settlement, col(Settlement.id) == col(PartReturn.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(col(Contract.legal_entity_id) == col(LegalEntity.id), unpaid_part(books))
    )
    query = select(LegalEntity.id).where(exists(owed) | exists(came_back))
    return list(books.session.exec(query.order_by(col(LegalEntity.code))))


def advance(books: Books, ident: int) -> Step:
    """Plan one batch of one currency and day; refuse what is left once it cannot be paid.

    The first payment to an account gets a batch of its own; the next ones wait until it is sent.
    Raises NotPayable naming every settlement that may not be paid and why, after everything else
    was planned.
    """
    if reason := frozen(books):
        raise NotPayable(f"nothing is planned: {reason}")
    entity = books.get(LegalEntity, ident)
    due = dues(books, entity)
    untried = [each for each in due.payable if not is_tried(each.account)]
    if untried:
        oldest: dict[int, Payable] = {}
        for each in untried:
            oldest.setdefault(each.account.id, each)
        for payable in oldest.values():
            plan(books, entity, [payable])
        return Step.AGAIN
    if due.payable:
        together = _kind(due.payable[0])
        plan(books, entity, [each for each in due.payable if _kind(each) == together])
        return Step.AGAIN
    if due.obstacles:
        raise NotPayable("; ".join(due.obstacles))
    return Step.DONE


def pay_out(books: Books, settlement: Settlement) -> PaymentBatch:
    """Plan the payment of one settlement at once, in a file of its own.

    Where it is planned already, by whomever, that batch is returned. Raises NotPayable where it
    may not be paid, saying why.
    """
    log.lock(books.session)
    if known := _underway(books, settlement):
        return known
    if reason := frozen(books):
        raise NotPayable(f"nothing is planned: {reason}")
    contract = books.get(Contract, settlement.contract_id)
    entity = books.get(LegalEntity, contract.legal_entity_id)
    due = dues(books, entity, settlement)
    if due.payable:
        return plan(books, entity, due.payable)
    raise NotPayable(
        "; ".join(due.obstacles)
        or f"{settlement.reference} is {settlement.status}, of {settlement.month}, and there is "
        "nothing to pay of it today"
    )


def _underway(books: Books, settlement: Settlement) -> PaymentBatch | None:
    query = (
        select(PaymentBatch)
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(Payment.settlement_id) == settlement.id,
            col(Payment.status).not_in((*UNPAID, PaymentStatus.CANCELLED)),
        )
    )
    return books.session.exec(query).first()


def _kind(payable: Payable) -> tuple[str, date, bool]:
    """Return what payments of one file share: parts that are paid once more go apart."""
    return payable.settlement.currency, payable.day, payable.part is not None
