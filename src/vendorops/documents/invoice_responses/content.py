"""What a supplier is told of one of its invoices: the state, why, and what it is asked to do."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.documents.invoice_responses.codes import Clarified, codes, endpoint_scheme
from vendorops.documents.invoice_responses.writing import (
    ACTION_LIST,
    REASON_LIST,
    Address,
    Clarification,
    Response,
    written,
)
from vendorops.domain.disputing import BESIDES
from vendorops.domain.lifecycle import InvoiceStatus, SettlementStatus
from vendorops.domain.matching import Reason
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Contract,
    Difference,
    Dispute,
    Event,
    Invoice,
    InvoiceLine,
    InvoiceResponse,
    LegalEntity,
    LineAdjustment,
    Party,
    Settlement,
    SettlementLine,
    Supplier,
)

ANSWERED = {"invoice": "380", "credit_note": "381"}
"""The kinds of claims that are answered, and their types (UNTDID 1001); statements are none."""
EXPLAINS = ("UQ", "CA", "RE")
"""Codes that say why (PEPPOL-T111-R001)."""
REASONS = {reason.value: reason for reason in Reason}
TALKING = ("open", "answered", "escalated", "proposed")


class NotAddressable(Refused):
    """A party has no electronic address."""


def content_of(books: Books, invoice: Invoice) -> dict[str, object]:
    """Return what an invoice is answered today, without the numbers of the parties.

    Raises NotAddressable where one of them is known by no number that is an electronic address.
    """
    told = codes()
    code = told.states[invoice.status]
    contract = books.get(Contract, invoice.contract_id)
    buyer = books.get(LegalEntity, contract.legal_entity_id).party_id
    seller = books.get(Supplier, invoice.supplier_id).party_id
    return {
        "invoice": invoice.reference,
        "document": invoice.number,
        "document_date": invoice.issue_date.isoformat(),
        "document_type": ANSWERED[invoice.kind],
        "code": code,
        "effective_on": _since(books, invoice).isoformat(),
        "clarifications": [
            [each.code_list, each.code, each.text] for each in _clarified(books, invoice, code)
        ],
        "sender": _named(books, buyer),
        "receiver": _named(books, seller),
        "codes": f"{told.since}: {told.cite}",
    }


def _named(books: Books, party_id: int) -> dict[str, str]:
    party = books.get(Party, party_id)
    number = vault.reveal(books, party, "identifier")
    scheme = endpoint_scheme(party.identifier_scheme, number)
    if not scheme:
        raise NotAddressable(
            f"E_RESPONSE_ADDRESS: {party.name} is known by its {party.identifier_scheme}, which is"
            " no electronic address (EAS); an Invoice Response needs one of both parties"
        )
    return {"name": party.name, "scheme": scheme}


def _since(books: Books, invoice: Invoice) -> date:
    """Return the business day on which a claim came to its state."""
    query = select(col(Event.business_day)).where(
        col(Event.subject_table) == "invoice",
        col(Event.subject_id) == invoice.id,
        col(Event.after) == invoice.status,
    )
    return books.session.exec(query.order_by(col(Event.seq).desc())).first() or books.as_of


def _clarified(books: Books, invoice: Invoice, code: str) -> list[Clarification]:
    if invoice.status == InvoiceStatus.PART_PAID:
        return [_in_part(books, invoice)]
    if code not in EXPLAINS:
        return []
    found = [*_findings(books, invoice), *_disputes(books, invoice)]
    if not found:
        otherwise = codes().rejected_otherwise
        found = [(otherwise, "It cannot be paid as it is; ask for the reason.")]
    reasons = [Clarification(REASON_LIST, each.reason, text) for each, text in found]
    asked = sorted({each.action for each, _ in found})
    return [*reasons, *(Clarification(ACTION_LIST, action, _asked(action)) for action in asked)]


def _asked(action: str) -> str:
    return "See the reasons above." if action == "OTH" else ""


def _in_part(books: Books, invoice: Invoice) -> Clarification:
    query = (
        select(func.coalesce(func.sum(SettlementLine.net_minor), 0))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(Settlement.status) == SettlementStatus.SEALED,
        )
    )
    paid = Money(int(books.session.exec(query).one()), invoice.currency)
    whole = Money(invoice.net_minor, invoice.currency)
    text = f"{paid} of {whole} are paid, both without tax."
    return Clarification(REASON_LIST, codes().paid_in_part.reason, text)


def _findings(books: Books, invoice: Invoice) -> Iterator[tuple[Clarified, str]]:
    """Yield what the newest match disputes and no dispute came to pay, line by line."""
    newest = (
        select(func.max(Difference.reconciliation_id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .where(col(InvoiceLine.invoice_id) == invoice.id)
        .scalar_subquery()
    )
    agreed = (
        select(func.coalesce(func.sum(LineAdjustment.amount_minor), 0))
        .where(col(LineAdjustment.difference_id) == col(Difference.id))
        .scalar_subquery()
    )
    query = (
        select(InvoiceLine.line, Difference, agreed)
        .join(Difference, col(Difference.invoice_line_id) == col(InvoiceLine.id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(Difference.reconciliation_id) == newest,
            col(Difference.treatment) == "disputed",
        )
        .order_by(col(InvoiceLine.line), col(Difference.reason))
    )
    for line, row, paid in books.session.exec(query):
        if left := row.amount_minor - int(paid):
            amount = Money(left, invoice.currency)
            because = REASONS[row.reason].sentence
            yield codes().of(row.reason), f"Line {line}, {amount} without tax: {because}"


def _disputes(books: Books, invoice: Invoice) -> Iterator[tuple[Clarified, str]]:
    """Yield what is disputed of matched work."""
    query = select(Dispute).where(
        col(Dispute.invoice_id) == invoice.id,
        col(Dispute.difference_id).is_(None),
        col(Dispute.status).in_(TALKING),
    )
    for row in books.session.exec(query.order_by(col(Dispute.id))):
        amount = Money(row.amount_minor, row.currency)
        text = f"{row.reference}, {amount} without tax: {BESIDES[row.reason]}"
        yield codes().of(row.reason), text


def response_file(books: Books, row: InvoiceResponse) -> bytes:
    """Return the file of a response; each number read from the vault for it is recorded."""

    def number(party: Party) -> str:
        books.record("revealed", party, f"for the invoice response {row.reference}")
        return vault.reveal(books, party, "identifier")

    return _written(books, row, number)


def response_file_again(books: Books, row: InvoiceResponse) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    return _written(books, row, lambda party: vault.reveal(books, party, "identifier"))


def _written(books: Books, row: InvoiceResponse, number: Callable[[Party], str]) -> bytes:
    said: dict[str, Any] = json.loads(row.content)
    invoice = books.get(Invoice, row.invoice_id)
    contract = books.get(Contract, invoice.contract_id)
    buyer = books.get(Party, books.get(LegalEntity, contract.legal_entity_id).party_id)
    seller = books.get(Party, books.get(Supplier, invoice.supplier_id).party_id)
    parties = [
        Address(said[side]["scheme"], number(party), said[side]["name"])
        for side, party in (("sender", buyer), ("receiver", seller))
    ]
    return written(
        Response(
            number=row.reference,
            issue_date=row.written_on,
            sender=parties[0],
            receiver=parties[1],
            status=said["code"],
            effective_date=date.fromisoformat(said["effective_on"]),
            clarifications=[Clarification(*each) for each in said["clarifications"]],
            document=said["document"],
            document_date=date.fromisoformat(said["document_date"]),
            document_type=said["document_type"],
        )
    )
