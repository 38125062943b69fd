"""Drafts the credit notes of issued memos, tied to the invoices that they take back from."""

from sqlmodel import col, exists, select

from vendorops.books import Books
from vendorops.documents.self_billed import Heading, billed_memo
from vendorops.domain.lifecycle import (
    CreditMemoStatus,
    SelfBilledInvoiceStatus,
    SelfBillingAgreementStatus,
)
from vendorops.domain.self_billing import CREDIT_CODE, INVOICE_CODE
from vendorops.tables import (
    Contract,
    CreditMemo,
    SelfBilledInvoice,
    SelfBilledLine,
    SelfBillingAgreement,
    TimeShare,
)
from vendorops.working.self_billing.drafting import Draft, enter_draft

ISSUED = (CreditMemoStatus.ISSUED, CreditMemoStatus.APPLIED, CreditMemoStatus.EXHAUSTED)
UNDERWAY = (
    SelfBilledInvoiceStatus.PRO_FORMA,
    SelfBilledInvoiceStatus.OBJECTED,
    SelfBilledInvoiceStatus.ALIGNED,
)


def memos_to_bill(books: Books) -> list[int]:
    """Return the issued memos that we are to write a credit note for and have not."""
    written = select(SelfBilledInvoice.id).where(
        col(SelfBilledInvoice.credit_memo_id) == col(CreditMemo.id),
        col(SelfBilledInvoice.status) != SelfBilledInvoiceStatus.VOID.value,
    )
    query = (
        select(CreditMemo.id)
        .join(
            SelfBillingAgreement,
            col(SelfBillingAgreement.contract_id) == col(CreditMemo.contract_id),
        )
        .where(
            col(CreditMemo.status).in_(ISSUED),
            col(CreditMemo.borne_by) == "supplier",
            col(CreditMemo.raised_on) <= books.as_of,
            col(SelfBillingAgreement.status) == SelfBillingAgreementStatus.AGREED.value,
            col(SelfBillingAgreement.writes) == "invoice",
            col(CreditMemo.raised_on) >= col(SelfBillingAgreement.agreed_on),
            col(CreditMemo.raised_on) >= col(SelfBillingAgreement.starts_on),
            ~exists(written),
        )
        .distinct()
        .order_by(col(CreditMemo.id))
    )
    return list(books.session.exec(query))


def draft_credit(books: Books, memo: CreditMemo) -> SelfBilledInvoice | None:
    """Draft the credit note of a memo; None while an invoice it takes back from is not issued."""
    sources = _sources(books, memo)
    if any(row.status in UNDERWAY for row in sources):
        return None
    agreement = _agreement(books, memo)
    head = Heading(books, agreement, books.get(Contract, memo.contract_id))
    preceding = [(row.number, row.issued_on) for row in sources if row.number and row.issued_on]
    content = billed_memo(head, memo, preceding)
    draft = Draft(CREDIT_CODE, memo.month, memo.month, "", content, memo.id)
    return enter_draft(head, draft)


def _agreement(books: Books, memo: CreditMemo) -> SelfBillingAgreement:
    """Return the newest agreement that had begun when the memo was raised."""
    query = (
        select(SelfBillingAgreement)
        .where(
            col(SelfBillingAgreement.contract_id) == memo.contract_id,
            col(SelfBillingAgreement.status) == SelfBillingAgreementStatus.AGREED.value,
            col(SelfBillingAgreement.writes) == "invoice",
            col(SelfBillingAgreement.starts_on) <= memo.raised_on,
        )
        .order_by(col(SelfBillingAgreement.starts_on).desc())
    )
    return next(iter(books.session.exec(query)))


def _sources(books: Books, memo: CreditMemo) -> list[SelfBilledInvoice]:
    """Return our invoices of the work a memo takes back; else those of its contract and month.

    Corrections of time name the work they take back. What a guarantee or a service level takes
    back is a price for the month, or for work of long ago that may have been claimed otherwise.
    """
    shared = select(TimeShare.work_item_id).where(col(TimeShare.credit_memo_id) == memo.id)
    work = list(books.session.exec(shared))
    holding = select(SelfBilledLine.self_billed_invoice_id).where(
        col(SelfBilledLine.work_item_id).in_(work)
    )
    query = select(SelfBilledInvoice).where(
        col(SelfBilledInvoice.contract_id) == memo.contract_id,
        col(SelfBilledInvoice.type_code) == INVOICE_CODE,
        col(SelfBilledInvoice.status) != SelfBilledInvoiceStatus.VOID.value,
        col(SelfBilledInvoice.id).in_(holding)
        if work
        else col(SelfBilledInvoice.month) == memo.month,
    )
    return list(books.session.exec(query.order_by(col(SelfBilledInvoice.reference))))
