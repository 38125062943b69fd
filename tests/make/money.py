"""What is owed, paid, withheld, filed and promised."""

from datetime import date
from typing import Any

from tests.make.days import AS_OF, MONTH, SHA
from tests.make.parties import bank_account, legal_entity, our_account, party_of
from tests.make.rows import only, put
from vendorops.books import Books
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.tables import (
    Contract,
    Effect,
    Event,
    Filing,
    InvoiceLine,
    Payment,
    PaymentBatch,
    Reconciliation,
    Settlement,
    SettlementLine,
    Supplier,
    Withholding,
)


def settlement(
    books: Books, of: Contract, explained: Reconciliation, **changed: Any
) -> Settlement:
    """A sealed settlement of 1860.00 net and 111.60 tax; give other figures in minor units."""
    figures = {"net_minor": 186_000, "tax_minor": 11_160, "withheld_minor": 0}
    figures |= {name: changed[name] for name in figures if name in changed}
    payable = figures["net_minor"] + figures["tax_minor"] - figures["withheld_minor"]
    usual = {
        **figures,
        "reference": books.reference("SET"),
        "supplier_id": of.supplier_id,
        "contract_id": of.id,
        "reconciliation_id": explained.id,
        "month": MONTH,
        "as_of": AS_OF,
        "due_on": AS_OF,
        "currency": of.currency,
        "payable_minor": payable,
        "content_sha256": SHA,
        "status": SettlementStatus.SEALED,
    }
    return put(books, Settlement, usual, changed)


def settlement_line(
    books: Books, of: Settlement, line: InvoiceLine, **changed: Any
) -> SettlementLine:
    """The whole of an invoice line, without tax."""
    usual = {
        "settlement_id": of.id,
        "invoice_line_id": line.id,
        "net_minor": line.net_minor,
        "tax_minor": 0,
    }
    return put(books, SettlementLine, usual, changed)


def withholding(books: Books, of: Settlement, **changed: Any) -> Withholding:
    """Chinese individual income tax of 212.00 on labour remuneration of 1860.00, computed."""
    usual = {
        "settlement_id": of.id,
        "party_id": books.get(Supplier, of.supplier_id).party_id,
        "place": "cn",
        "tax": "cn.iit.labor_remuneration",
        "income_kind": "labor_remuneration",
        "month": of.month,
        "currency": of.currency,
        "income_minor": 186_000,
        "base_minor": 106_000,
        "amount_minor": 21_200,
        "rule": "2019-01-01",
        "citations": "[]",
    }
    return put(books, Withholding, usual, changed)


def payment_batch(books: Books, **changed: Any) -> PaymentBatch:
    """A planned file of one payment."""
    reference = books.reference("BAT")
    ours = legal_entity(books)
    debtor = changed.get("debtor_account_id") or our_account(books, ours).id
    usual = {
        "reference": reference,
        "message_id": reference,
        "legal_entity_id": ours.id,
        "debtor_account_id": debtor,
        "month": MONTH,
        "currency": "CNY",
        "format": "pain001",
        "created_on": AS_OF,
        "execution_day": date(2026, 11, 6),
        "count": 1,
        "control_sum_minor": 197_160,
        "file_sha256": SHA,
        "planned_by": "system:payment",
    }
    return put(books, PaymentBatch, usual, changed)


def payment(books: Books, of: PaymentBatch, what: Settlement, **changed: Any) -> Payment:
    """A planned payment of a settlement, to an account of its supplier."""
    payee = party_of(books, books.get(Supplier, what.supplier_id))
    reference = books.reference("PAY")
    usual = {
        "reference": reference,
        "batch_id": of.id,
        "settlement_id": what.id,
        "bank_account_id": changed.get("bank_account_id") or bank_account(books, payee).id,
        "currency": what.currency,
        "amount_minor": what.payable_minor,
        "end_to_end_id": reference,
        "settlement_sha256": what.content_sha256,
    }
    return put(books, Payment, usual, changed)


def filing(books: Books, **changed: Any) -> Filing:
    """A prepared return that declares nothing yet."""
    usual = {
        "reference": books.reference("RET"),
        "legal_entity_id": legal_entity(books).id,
        "place": "cn",
        "form": "cn.iit.withholding",
        "month": MONTH,
        "due_on": date(2026, 11, 16),
        "prepared_on": AS_OF,
        "currency": "CNY",
        "rows": 0,
        "total_minor": 0,
        "file_sha256": SHA,
        "prepared_by": "system:filing",
    }
    return put(books, Filing, usual, changed)


def effect(books: Books, **changed: Any) -> Effect:
    """A file promised to the outgoing folder."""
    batch = payment_batch(books)
    event = only(books, Event, subject_table="paymentbatch", subject_id=batch.id)
    usual = {
        "kind": "file",
        "dedupe_key": f"file/{books.key()}",
        "event_id": event.id,
        "sha256": SHA,
        "name": f"{batch.reference}.xml",
        "promised_on": AS_OF,
    }
    return put(books, Effect, usual, changed)
