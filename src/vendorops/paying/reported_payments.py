"""Payments that a report tells of against the ledger: what left and did not come back."""

from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.documents.platform_reports import PAID
from vendorops.documents.report_figures import reported_settlements
from vendorops.domain.first_few import first_few
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.declaring import LedgerDiffers
from vendorops.tables import Contract, Filing, Payment, PaymentBatch, Settlement, Transfer

NAMED = 5
"""Payments that a refusal names."""


def refuse_other_than_sent(books: Books, filing: Filing) -> int:
    """Return how many payments a report tells of, each to the cent what the ledger has.

    A payment is told of exactly where its transfer stands. Raises LedgerDiffers, which names them.
    """
    told, wrong = 0, []
    for name, status, minor, booked, reversed_by in books.session.execute(_payments(filing)):
        stands = (booked or 0) if reversed_by is None else 0
        told += status in PAID
        if stands != (minor if status in PAID else 0):
            wrong.append(name)
    if wrong:
        raise LedgerDiffers(
            f"E_FILING_LEDGER: {filing.form} for {filing.month} tells of "
            f"{first_few(wrong, NAMED)} otherwise than the ledger; run vendorops "
            "verify and find out which of the two is wrong"
        )
    return told


def _payments(filing: Filing) -> Any:  # noqa: ANN401 - a query of five columns.
    """Return a query of the payments of the period, their transfers, and what reversed these."""
    reminders = jurisdiction(filing.place).reminders
    [form] = [each for each in reminders if each.form == filing.form]
    period = form.period(Period.month(filing.month))
    back = aliased(Transfer)
    key = literal("payment/").concat(col(Payment.reference))
    return (
        select(
            col(Payment.reference),
            col(Payment.status),
            col(Payment.amount_minor),
            col(Transfer.amount_minor),
            col(back.id),
        )
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .outerjoin(Transfer, col(Transfer.key) == key)
        .outerjoin(back, col(back.reverses_id) == col(Transfer.id))
        .where(
            col(Contract.legal_entity_id) == filing.legal_entity_id,
            col(Contract.place) == filing.place,
            col(PaymentBatch.execution_day) >= period.start,
            col(PaymentBatch.execution_day) < period.end,
            *reported_settlements(form),
        )
        .order_by(col(Payment.reference))
    )
