"""Aligns pro formas with the supplier, and issues what it agreed to under the next number."""

from datetime import timedelta

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, decided, log
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import CreditMemoStatus, SelfBilledInvoiceStatus
from vendorops.domain.self_billing import CREDIT_CODE
from vendorops.stages import Step
from vendorops.stages.pro_formas.asking import alignment, objection, reason_given
from vendorops.stages.pro_formas.issuing import NumberTaken, issue
from vendorops.tables import CreditMemo, SelfBilledInvoice, SelfBillingAgreement
from vendorops.working.self_billing import claimed_elsewhere

__all__ = ["SUBJECT", "NumberTaken", "advance", "ready"]

SUBJECT = SelfBilledInvoice
OWNER = "finance"
"""The role that sees to what is refused here."""
Status = SelfBilledInvoiceStatus


def ready(books: Books) -> list[int]:
    """Return what is shown or disputed, and what was aligned and is ours to issue."""
    to_issue = and_(
        col(SelfBilledInvoice.status) == Status.ALIGNED.value,
        col(SelfBillingAgreement.writes) == "invoice",
    )
    query = (
        select(SelfBilledInvoice.id)
        .join(
            SelfBillingAgreement,
            col(SelfBillingAgreement.id) == col(SelfBilledInvoice.agreement_id),
        )
        .where(
            col(SelfBilledInvoice.shown_on) <= books.as_of,
            or_(col(SelfBilledInvoice.status).in_((Status.PRO_FORMA, Status.OBJECTED)), to_issue),
        )
    )
    return list(books.session.exec(query.order_by(col(SelfBilledInvoice.id))))


def advance(books: Books, ident: int) -> Step:
    """Take one pro forma a step further: asked, answered, silent, disputed, or issued."""
    log.lock(books.session)  # Nobody may claim its work, or take the number, meanwhile.
    row = books.get(SelfBilledInvoice, ident)
    agreement = books.get(SelfBillingAgreement, row.agreement_id)
    if row.status not in (Status.PRO_FORMA, Status.OBJECTED, Status.ALIGNED):
        return Step.DONE
    if row.status == Status.ALIGNED and agreement.writes != "invoice":
        return Step.DONE  # The supplier writes its own from it.
    if overtaken := _overtaken(books, row):
        books.move(row, Status.VOID, because=overtaken)
        withdraw(books, row, overtaken)
        return Step.DONE
    if row.status == Status.PRO_FORMA:
        return _align(books, row, agreement)
    if row.status == Status.OBJECTED:
        return _settle(books, row)
    issue(books, row, agreement)
    return Step.DONE


def _overtaken(books: Books, row: SelfBilledInvoice) -> str:
    """Return why a pro forma can no longer be issued; nothing where it can."""
    if row.type_code == CREDIT_CODE:
        memo = books.get(CreditMemo, row.credit_memo_id or 0)
        cancelled = memo.status == CreditMemoStatus.CANCELLED
        return f"{memo.reference} was cancelled" if cancelled else ""
    claims = claimed_elsewhere(books, row)
    return f"its work is claimed by {', '.join(claims)}" if claims else ""


def _align(books: Books, row: SelfBilledInvoice, agreement: SelfBillingAgreement) -> Step:
    decision = decided(books, alignment(books, row, agreement))
    if decision:
        agreed = decision.answer == "approve"
        because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
        after = Status.ALIGNED if agreed else Status.OBJECTED
        books.move(row, after, because=because, content=decision.content_sha256)
        return Step.AGAIN
    last = row.shown_on + timedelta(days=agreement.objection_days)
    if not agreement.silence_agrees or books.as_of <= last:
        return Step.WAITING
    because = f"nobody objected until {last}, and {agreement.reference} makes silence agree"
    books.move(row, Status.ALIGNED, because=because, content=row.content_sha256)
    withdraw(books, row, because)
    return Step.AGAIN


def _settle(books: Books, row: SelfBilledInvoice) -> Step:
    """Carry out what we answer to an objection: withdrawn, or shown once more as it is."""
    decision = decided(books, objection(books, row, reason_given(books, row)))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    if decision.answer == "approve":
        books.move(row, Status.WITHDRAWN, because=because, content=decision.content_sha256)
        return Step.DONE
    row.round, row.shown_on = row.round + 1, books.as_of
    books.move(row, Status.PRO_FORMA, because=because, content=decision.content_sha256)
    return Step.AGAIN
