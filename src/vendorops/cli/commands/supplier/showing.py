"""List suppliers, and show one with all that bears on working with it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.commands.supplier.changing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, one_of, opener
from vendorops.cli.waiting import open_renewals, renewal
from vendorops.documents.holding import current_papers
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.tables import (
    ComplianceDocument,
    Contract,
    Party,
    Qualification,
    Supplier,
    SupplierChange,
)

Fact = dict[str, Any]


@click.command("list", help="List suppliers, of all states or of some.")
@click.option(
    "--status",
    "states",
    multiple=True,
    type=one_of(SupplierStatus),
    help="May be given several times.",
)
@day_option
@json_option
def listed(states: tuple[str, ...], as_of: datetime | None, *, as_json: bool) -> None:
    """List suppliers by their references."""
    query = select(Supplier).order_by(col(Supplier.reference))
    if states:
        query = query.where(col(Supplier.status).in_(states))
    with opener(READER, as_of)() as books:
        rows = [_supplier(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Suppliers")


@click.command(help="Show SUPPLIER (SUP-…). All that bears on working with it, part by part.")
@click.argument("supplier")
@day_option
@json_option
def show(supplier: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show one supplier, part by part."""
    with opener(READER, as_of)() as books:
        parts = list(_parts(books, books.named(Supplier, supplier)))
    for title, kind, rows in parts:
        emit(rows, as_json=as_json, title=title, kind=kind)


def _supplier(books: Books, row: Supplier) -> Fact:
    party = books.get(Party, row.party_id)
    return {
        "supplier": row.reference,
        "name": party.name,
        "type": row.kind,
        "home": party.place,
        "number": f"{party.identifier_scheme} {party.identifier_masked}",
        "status": row.status,
    }


def _parts(books: Books, row: Supplier) -> Iterable[tuple[str, str, list[Fact]]]:
    yield "Supplier", "supplier", [_supplier(books, row)]
    cases = select(Qualification).where(col(Qualification.supplier_id) == row.id)
    found = books.session.exec(cases.order_by(col(Qualification.reference)))
    yield "Cases", "case", [_case(case) for case in found]
    contracts = select(Contract).where(col(Contract.supplier_id) == row.id)
    agreed = books.session.exec(contracts.order_by(col(Contract.reference)))
    yield "Contracts", "contract", [_contract(contract) for contract in agreed]
    yield "Documents", "document", [_document(paper) for paper in current_papers(books, row)]
    yield "To be renewed", "renewal", [renewal(books, one) for one in open_renewals(books, row.id)]
    changes = select(SupplierChange).where(col(SupplierChange.supplier_id) == row.id)
    proposed = books.session.exec(changes.order_by(col(SupplierChange.id)))
    told_of = [told(books, change.id) | {"reason": change.reason} for change in proposed]
    yield "Changes", "change", told_of


def _case(case: Qualification) -> Fact:
    return {
        "case": case.reference,
        "program": case.program,
        "place": case.place,
        "status": case.status,
        "holds_until": case.valid_to,
    }


def _contract(contract: Contract) -> Fact:
    return {
        "contract": contract.reference,
        "program": contract.program,
        "starts": contract.starts_on,
        "ends": contract.ends_on,
        "status": contract.status,
    }


def _document(paper: ComplianceDocument) -> Fact:
    return {
        "document": paper.reference,
        "type": paper.kind,
        "version": paper.version,
        "issuer": paper.issuer,
        "number": paper.number_masked,
        "valid_from": paper.valid_from,
        "valid_to": paper.valid_to,
        "status": paper.status,
    }
