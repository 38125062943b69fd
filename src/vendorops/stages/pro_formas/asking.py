"""Puts pro formas before the supplier, and its objections before a buyer."""

from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.money import Money
from vendorops.tables import Contract, Decision, SelfBilledInvoice, SelfBillingAgreement, Supplier

ALIGNMENT, OBJECTION = "pro_forma", "pro_forma_objection"


def alignment(books: Books, row: SelfBilledInvoice, agreement: SelfBillingAgreement) -> Question:
    """Return what the supplier is asked: whether it agrees to exactly what it was shown."""
    contract = books.get(Contract, row.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    gross = Money(row.net_minor + row.tax_minor, row.currency)
    kind = "credit note" if row.credit_memo_id else "invoice"
    again = f" It is shown again, round {row.round}." if row.round > 1 else ""
    silent = (
        "silence agrees" if agreement.silence_agrees else "nothing is issued without your word"
    )
    return Question(
        kind=ALIGNMENT,
        subject=row,
        content={
            "pro_forma": row.reference,
            "document": row.document_sha256,
            "says": row.content_sha256,
            "net_minor": row.net_minor,
            "tax_minor": row.tax_minor,
            "currency": row.currency,
            "round": row.round,
        },
        sentence=(
            f"Do you agree to the {kind} {row.reference} of {gross} under {contract.reference} for"
            f" {row.bucket}? Reject it with what is wrong within {agreement.objection_days} days;"
            f" {silent}.{again}"
        ),
        role="supplier",
        due_days=agreement.objection_days,
        party_id=supplier.party_id,
        program=contract.program,
        place=contract.place,
    )


def objection(books: Books, row: SelfBilledInvoice, why: Decision) -> Question:
    """Return what a buyer is asked about an objection: whether we withdraw what we showed."""
    contract = books.get(Contract, row.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    gross = Money(row.net_minor + row.tax_minor, row.currency)
    return Question(
        kind=OBJECTION,
        subject=row,
        content={
            "pro_forma": row.reference,
            "says": row.content_sha256,
            "round": row.round,
            "objection": why.reference,
            "reason": why.reason,
        },
        sentence=(
            f"{supplier.reference} objects to {row.reference} of {gross}: {why.reason}. Approve to"
            " withdraw it, so that the supplier bills this work itself; reject to show it again."
        ),
        role="buyer",
        party_id=supplier.party_id,
        amount=gross,
        program=contract.program,
        place=contract.place,
    )


def reason_given(books: Books, row: SelfBilledInvoice) -> Decision:
    """Return the newest objection of the supplier."""
    query = select(Decision).where(
        col(Decision.subject_table) == SelfBilledInvoice.__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.kind) == ALIGNMENT,
        col(Decision.status) == DecisionStatus.ANSWERED.value,
        col(Decision.answer) == "reject",
    )
    return list(books.session.exec(query.order_by(col(Decision.id))))[-1]
