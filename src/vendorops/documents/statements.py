"""What the papers of the money end show: the exact content that approvals are bound to."""

import json

from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.part_returns import paid_by
from vendorops.documents.paid_together import paid_together
from vendorops.tables import (
    BankAccount,
    CheckFinding,
    Contract,
    CreditMemo,
    Filing,
    FilingSheet,
    Invoice,
    InvoiceLine,
    LegalEntity,
    Payment,
    PaymentBatch,
    Reconciliation,
    Settlement,
    SettlementCredit,
    SettlementLine,
    SettlementRun,
    Supplier,
    TaxOffice,
    Withholding,
)

# Written once: making a statement takes longer than running it, and every step of every
# settlement asks them.
_OF_IT: BindParameter[int] = bindparam("settlement")
_SETTLED_LINES = (
    select(Invoice.reference, InvoiceLine.line, SettlementLine.net_minor, SettlementLine.tax_minor)
    .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
    .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
    .where(col(SettlementLine.settlement_id) == _OF_IT)
    .order_by(col(Invoice.reference), col(InvoiceLine.line))
)
_CREDITS = (
    select(CreditMemo, SettlementCredit)
    .join(SettlementCredit, col(SettlementCredit.credit_memo_id) == col(CreditMemo.id))
    .where(col(SettlementCredit.settlement_id) == _OF_IT)
    .order_by(col(CreditMemo.reference))
)
_WITHHOLDINGS = (
    select(Withholding)
    .where(col(Withholding.settlement_id) == _OF_IT)
    .order_by(col(Withholding.tax))
)
_FINDINGS = (
    select(CheckFinding)
    .where(col(CheckFinding.subject_table) == "settlement", col(CheckFinding.subject_id) == _OF_IT)
    .order_by(col(CheckFinding.code), col(CheckFinding.place_in_source))
)


def settlement_statement(books: Books, settlement: Settlement) -> dict[str, object]:
    """Return everything a settlement shows, rebuilt from rows: the same rows, the same content.

    Its own reference is left out: what was rejected is recognised when it comes up again.
    """
    credited = credits_of(books, settlement)
    return {
        **({"credits": [_credited(*each) for each in credited]} if credited else {}),
        "contract": books.get(Contract, settlement.contract_id).reference,
        "supplier": books.get(Supplier, settlement.supplier_id).reference,
        "reconciliation": books.get(Reconciliation, settlement.reconciliation_id).reference,
        "month": settlement.month,
        "due_on": settlement.due_on.isoformat(),
        "currency": settlement.currency,
        "lines": _settled_lines(books, settlement),
        "withholdings": [_withheld(row) for row in withholdings_of(books, settlement)],
        "findings": [_told(finding) for finding in findings_of(books, settlement)],
        "net_minor": settlement.net_minor,
        "tax_minor": settlement.tax_minor,
        "withheld_minor": settlement.withheld_minor,
        "payable_minor": settlement.payable_minor,
    }


def run_statement(books: Books, run: SettlementRun) -> dict[str, object]:
    """Return what a run shows: its sums, and the hash over the contents of its settlements.

    Its own reference is left out, as that of a settlement is.
    """
    return {
        "legal_entity": books.get(LegalEntity, run.legal_entity_id).code,
        "program": run.program,
        "place": run.place,
        "month": run.month,
        "payment_day": run.payment_day.isoformat(),
        "currency": run.currency,
        "settlements": run.count,
        "net_minor": run.net_minor,
        "tax_minor": run.tax_minor,
        "withheld_minor": run.withheld_minor,
        "payable_minor": run.payable_minor,
        "content_sha256": run.content_sha256,
    }


def _settled_lines(books: Books, settlement: Settlement) -> list[list[object]]:
    """Return invoice, line, net and tax of each settled line."""
    asked = {"settlement": settlement.id}
    return [list(row) for row in books.session.exec(_SETTLED_LINES, params=asked)]


def credits_of(books: Books, settlement: Settlement) -> list[tuple[CreditMemo, SettlementCredit]]:
    """Return the credit memos a settlement takes off, with the part it takes of each."""
    asked = {"settlement": settlement.id}
    return [(memo, part) for memo, part in books.session.exec(_CREDITS, params=asked)]


def _credited(memo: CreditMemo, part: SettlementCredit) -> list[object]:
    return [memo.reference, memo.sentence, part.net_minor, part.tax_minor]


def withholdings_of(books: Books, settlement: Settlement) -> list[Withholding]:
    """Return the taxes kept back from a settlement, in the order of their codes."""
    return list(books.session.exec(_WITHHOLDINGS, params={"settlement": settlement.id}))


def findings_of(books: Books, settlement: Settlement) -> list[CheckFinding]:
    """Return what the approver of a settlement should know, in the order of code and place."""
    return list(books.session.exec(_FINDINGS, params={"settlement": settlement.id}))


def _told(finding: CheckFinding) -> dict[str, object]:
    return {"code": finding.code, "level": finding.level, "message": finding.message}


def _withheld(row: Withholding) -> dict[str, object]:
    of_day = [row.day_income_minor, row.day_withheld_minor]
    return {
        **({"of_day": of_day} if row.day_income_minor is not None else {}),
        "tax": row.tax,
        "income_kind": row.income_kind,
        "month": row.month,
        "income_minor": row.income_minor,
        "base_minor": row.base_minor,
        "amount_minor": row.amount_minor,
        "rule": row.rule,
        "citations": json.loads(row.citations),
    }


def payment_statement(books: Books, batch: PaymentBatch) -> dict[str, object]:
    """Return everything a payment file orders, with account numbers masked."""
    return {
        "batch": batch.reference,
        "message_id": batch.message_id,
        "debtor": books.get(LegalEntity, batch.legal_entity_id).code,
        "debtor_account": books.get(BankAccount, batch.debtor_account_id).number_masked,
        "currency": batch.currency,
        "execution_day": batch.execution_day.isoformat(),
        "count": batch.count,
        "control_sum_minor": batch.control_sum_minor,
        "file_sha256": batch.file_sha256,
        "payments": paid_together(books, batch)
        or [_payment(books, row) for row in payments_of(books, batch)],
    }


def payments_of(books: Books, batch: PaymentBatch) -> list[Payment]:
    """Return the payments of a batch in the order of the file, in which they were entered."""
    query = select(Payment).where(col(Payment.batch_id) == batch.id)
    return list(books.session.exec(query.order_by(col(Payment.id))))


def _payment(books: Books, payment: Payment) -> dict[str, object]:
    account = books.get(BankAccount, payment.bank_account_id)
    return {
        **_paid_for(books, payment),
        "end_to_end_id": payment.end_to_end_id,
        "account": account.number_masked,
        "account_reference": account.reference,
        "amount_minor": payment.amount_minor,
    }


def _paid_for(books: Books, payment: Payment) -> dict[str, object]:
    if payment.filing_id is not None:
        filing = books.get(Filing, payment.filing_id)
        return {
            "payee": office_of(books, filing).reference,
            "filing": filing.reference,
            "filing_sha256": payment.settlement_sha256,
        }
    settlement, part = paid_by(books, payment)
    return {
        **({"pays_anew": part.reference} if part else {}),
        "payee": books.get(Supplier, settlement.supplier_id).reference,
        "settlement": settlement.reference,
        "settlement_sha256": payment.settlement_sha256,
    }


def office_of(books: Books, filing: Filing) -> TaxOffice:
    """Return the tax office that the tax of a return is paid over to; there must be one."""
    query = select(TaxOffice).where(
        col(TaxOffice.legal_entity_id) == filing.legal_entity_id,
        col(TaxOffice.place) == filing.place,
    )
    return books.session.exec(query).one()


def filing_statement(books: Books, filing: Filing) -> dict[str, object]:
    """Return everything a return declares, but the people in it: those are in the file."""
    amends = books.get(Filing, filing.amends_id).reference if filing.amends_id else ""
    return {
        **({"amends": amends} if amends else {}),
        "filing": filing.reference,
        "legal_entity": books.get(LegalEntity, filing.legal_entity_id).code,
        "place": filing.place,
        "form": filing.form,
        "month": filing.month,
        "version": filing.version,
        "due_on": filing.due_on.isoformat(),
        "currency": filing.currency,
        "rows": filing.rows,
        "total_minor": filing.total_minor,
        "file_sha256": filing.file_sha256,
        **({"sheets": sheets} if (sheets := _sheets(books, filing)) else {}),
    }


def filing_hashes(books: Books, filing: Filing) -> dict[str, str]:
    """Return the hash of each file of a version: of its form, and of each sheet by its layout.

    Two versions say the same only where all of these are equal: names and addresses of payees
    stand in the sheets alone.
    """
    return {"form": filing.file_sha256, **_sheets(books, filing)}


def _sheets(books: Books, filing: Filing) -> dict[str, str]:
    """Return the hash of each file beside the form, by its layout."""
    query = select(FilingSheet).where(col(FilingSheet.filing_id) == filing.id)
    return {
        row.layout: row.sha256
        for row in books.session.exec(query.order_by(col(FilingSheet.layout)))
    }
