"""Lets a payee answer about a settlement at once, whether it was asked or not."""

from sqlmodel import col, select

from vendorops.books import Books, decided, log
from vendorops.books.questions import OPEN
from vendorops.domain.lifecycle import ConfirmationStatus, PaymentStatus, SettlementStatus
from vendorops.domain.refusal import Refused
from vendorops.paying.confirming import confirmation_of, show
from vendorops.stages.confirmations.asking import agreement
from vendorops.tables import Decision, Payment, Settlement, SettlementConfirmation

GONE = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK, PaymentStatus.SETTLED)


class NotDisputable(Refused):
    """Nobody can say anything about the settlement any more, or not yet."""


def speak_up(books: Books, settlement: Settlement) -> str:
    """Return the reference of the question that the payee answers; it is asked if need be.

    Raises NotDisputable before the settlement is sealed, once its money went, and once the payee
    has answered.
    """
    log.lock(books.session)
    if settlement.status != SettlementStatus.SEALED:
        raise NotDisputable(
            f"{settlement.reference} is {settlement.status}; its statement is shown once it is "
            "sealed"
        )
    _refuse_paid(books, settlement)
    row = confirmation_of(books, settlement) or show(books, settlement)
    if row.status != ConfirmationStatus.SHOWN:
        raise NotDisputable(f"the statement of {settlement.reference} is {row.status} already")
    decided(books, agreement(books, settlement, row))
    query = select(Decision.reference).where(
        col(Decision.subject_table) == SettlementConfirmation.__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query).first()
    if asked is None:
        raise NotDisputable(
            f"the statement of {settlement.reference} was answered before; it is taken up by the "
            "next run"
        )
    return asked


def _refuse_paid(books: Books, settlement: Settlement) -> None:
    query = select(Payment.reference).where(
        col(Payment.settlement_id) == settlement.id, col(Payment.status).in_(GONE)
    )
    if paid := books.session.exec(query).first():
        raise NotDisputable(
            f"{settlement.reference} is paid by {paid}; dispute what is wrong of an invoice with "
            "vendorops dispute open"
        )
