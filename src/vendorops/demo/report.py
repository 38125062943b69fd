"""Tells what happened: money to the cent, exceptions, accounts, and where every document lies."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import DocumentStore
from vendorops.domain.money import Money, total
from vendorops.tables import (
    Allocation,
    BankAccount,
    Contract,
    Difference,
    Effect,
    Event,
    Invoice,
    InvoiceLine,
    Party,
    Payment,
    Settlement,
    StoredDocument,
    Supplier,
)

Fact = Mapping[str, Any]


def show(books: Books) -> dict[str, list[Fact]]:
    """Return the tables of the story, titled, in the order they are read."""
    return {
        "What happened": list(_suppliers(books)),
        "Exceptions found": list(_exceptions(books)),
        "Bank accounts": list(_accounts(books)),
        "Documents": list(_documents(books)),
    }


def _suppliers(books: Books) -> Iterator[Fact]:
    query = (
        select(Contract, Supplier, Party)
        .join(Supplier, col(Supplier.id) == col(Contract.supplier_id))
        .join(Party, col(Party.id) == col(Supplier.party_id))
    )
    rows = [
        _supplier(books, contract, party)
        for contract, _, party in books.session.exec(query.order_by(col(Contract.reference)))
    ]
    yield from rows
    if rows:
        yield _sum(rows)


def _supplier(books: Books, contract: Contract, party: Party) -> dict[str, Any]:
    currency = contract.currency
    lines = (
        select(func.coalesce(func.sum(InvoiceLine.net_minor), 0))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(Invoice.contract_id == contract.id)
    )
    settlement = books.session.exec(
        select(Settlement).where(
            Settlement.contract_id == contract.id, Settlement.status == "sealed"
        )
    ).first()
    payment = (
        settlement
        and books.session.exec(
            select(Payment)
            .where(Payment.settlement_id == settlement.id)
            .order_by(col(Payment.id).desc())
        ).first()
    )
    claimed = Money(int(books.session.exec(lines).one()), currency)
    settled = Money(settlement.net_minor if settlement else 0, currency)
    return {
        "supplier": party.name,
        "program": contract.program,
        "contract": contract.reference,
        "claimed": claimed,
        "settled": settled,
        "not paid": claimed - settled,
        "vat": Money(settlement.tax_minor if settlement else 0, currency),
        "withheld": Money(settlement.withheld_minor if settlement else 0, currency),
        "paid": Money(payment.amount_minor if payment else 0, currency),
        "payment": payment.status if payment else "none",
    }


def _sum(rows: list[dict[str, Any]]) -> Fact:
    last: dict[str, Any] = dict.fromkeys(rows[0], "")
    for column, value in rows[0].items():
        if isinstance(value, Money):
            last[column] = total([row[column] for row in rows], value.currency)
    return last | {"supplier": "together"}


def _exceptions(books: Books) -> Iterator[Fact]:
    query = (
        select(Difference, InvoiceLine, Invoice)
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .order_by(col(Invoice.reference), col(InvoiceLine.line), col(Difference.reason))
    )
    for difference, line, invoice in books.session.exec(query):
        yield {
            "invoice": invoice.reference,
            "line": line.line,
            "what": line.description[:44],
            "claimed": Money(line.net_minor, invoice.currency),
            "matched": Money(_matched(books, line.id), invoice.currency),
            "difference": Money(difference.amount_minor, invoice.currency),
            "reason": difference.reason,
            "treatment": difference.treatment,
        }


def _matched(books: Books, line_id: int) -> int:
    query = select(func.coalesce(func.sum(Allocation.amount_minor), 0))
    return int(books.session.exec(query.where(Allocation.invoice_line_id == line_id)).one())


def _accounts(books: Books) -> Iterator[Fact]:
    """Tell where money goes and went: each account, and the day it came into its state."""
    query = (
        select(BankAccount, Party.name, func.max(Event.business_day))
        .join(Party, col(Party.id) == col(BankAccount.party_id))
        .join(Event, col(Event.subject_id) == col(BankAccount.id))
        .where(
            col(Event.subject_table) == "bankaccount",
            col(Event.after) == col(BankAccount.status),
        )
        .group_by(col(BankAccount.id), col(Party.name))
    )
    for account, name, since in books.session.exec(query.order_by(col(BankAccount.reference))):
        yield {
            "account": account.reference,
            "party": name,
            "number": account.number_masked,
            "status": account.status,
            "since": since,
        }


def _documents(books: Books) -> Iterator[Fact]:
    store = DocumentStore(books.settings.documents)
    query = select(StoredDocument).order_by(col(StoredDocument.id))
    laid_out = {effect.sha256: effect for effect in books.session.exec(select(Effect))}
    for document in books.session.exec(query):
        path = store.path(document.sha256).relative_to(books.settings.home)
        yield {"document": document.title, "bytes": document.size, "path": str(path)}
    for effect in laid_out.values():
        for found in sorted(books.settings.outgoing.glob(f"*{effect.sha256[:12]}*")):
            path = found.relative_to(books.settings.home)
            yield {"document": effect.name, "bytes": found.stat().st_size, "path": str(path)}
