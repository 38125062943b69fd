"""Parties: who we are and with whom we work."""

from datetime import date
from typing import Any

from sqlmodel import select

from tests.make.days import AS_OF, SHA
from tests.make.rows import only, put
from vendorops.books import Books, vault
from vendorops.documents.holding import required_of
from vendorops.domain.lifecycle import BankAccountStatus, QualificationStatus, SupplierStatus
from vendorops.identifiers import masked
from vendorops.screening import index_name
from vendorops.tables import (
    BankAccount,
    ComplianceDocument,
    LegalEntity,
    Party,
    Qualification,
    Supplier,
)


def party(books: Books, number: str = "", **changed: Any) -> Party:
    """A company in China; a number given is put into the vault and found by its blind index."""
    key = books.key()
    usual = {
        "kind": "organization",
        "name": f"恒信劳务派遣有限公司 {key}",
        "place": "cn",
        "identifier_scheme": "cn_uscc",
        "identifier_masked": "••••42MA",
        "identifier_index": f"no number {key}",
        "address": "江苏省昆山市",
        "email": "office@supplier.example",
    }
    row = put(books, Party, usual, {**_indexed(books, number, changed), **changed})
    index_name(books, row)
    if number:
        vault.keep(books, row, "identifier", number, retention="identity")
    return row


def _indexed(books: Books, number: str, changed: dict[str, Any]) -> dict[str, str]:
    if not number:
        return {}
    scheme = changed.get("identifier_scheme", "cn_uscc")
    return {"identifier_index": vault.blind_index(books, number, scheme)}


def legal_entity(books: Books, code: str = "XH", **changed: Any) -> LegalEntity:
    """Return our own company of that code, making it where it is not there yet."""
    found = books.session.exec(select(LegalEntity).filter_by(code=code)).one_or_none()
    if found:
        return found
    ours = party(books, name="星河制造集团有限公司 Xinghe Manufacturing Group")
    return put(books, LegalEntity, {"code": code, "party_id": ours.id, "currency": "CNY"}, changed)


def supplier(books: Books, of: Party | None = None, **changed: Any) -> Supplier:
    """A qualified staffing agency."""
    usual = {
        "reference": books.reference("SUP"),
        "party_id": (of or party(books)).id,
        "kind": "staffing",
        "status": SupplierStatus.QUALIFIED,
    }
    return put(books, Supplier, usual, changed)


def qualification(books: Books, of: Supplier | None = None, **changed: Any) -> Qualification:
    """An approved application for staffing in China."""
    usual = {
        "reference": books.reference("QUA"),
        "supplier_id": (of or supplier(books)).id,
        "legal_entity_id": legal_entity(books).id,
        "program": "staffing",
        "place": "cn",
        "application_sha256": SHA,
        "asked_on": AS_OF,
        "proposal": "{}",
        "signer": "he.hengxin",
        "status": QualificationStatus.APPROVED,
    }
    return put(books, Qualification, usual, changed)


def compliance_document(
    books: Books, of: Supplier | None = None, **changed: Any
) -> ComplianceDocument:
    """A labour dispatch licence, just received."""
    usual = {
        "reference": books.reference("DOC"),
        "supplier_id": (of or supplier(books)).id,
        "handed_in_by": "he.hengxin",
        "kind": "dispatch_licence",
        "issuer": "昆山市人力资源和社会保障局",
        "number_masked": "••••0042",
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2028, 1, 1),
        "sha256": SHA,
    }
    return put(books, ComplianceDocument, usual, changed)


def licensed(books: Books, of: Supplier, code: str, place: str = "cn") -> None:
    """Verified documents of every kind a program asks of such a supplier."""
    for needed in required_of(books, of, code, place, AS_OF):
        compliance_document(books, of, kind=needed.kind, status="verified")


def bank_account(
    books: Books, of: Party, number: str = "6222020200012345678", **changed: Any
) -> BankAccount:
    """An account in use: proposed, verified and approved by three people; number in the vault."""
    usual = {
        "reference": books.reference("ACC"),
        "party_id": of.id,
        "holder": of.name,
        "scheme": "cn_account",
        "bank": "102100099996",
        "currency": "CNY",
        "number_masked": masked(number),
        "number_index": f"no number {books.key()}",
        "proposed_by": "he.hengxin",
        "verified_by": "zhao.finance",
        "approved_by": "wang.approver",
        "active_from": date(2026, 10, 1),
        "first_paid_on": date(2026, 10, 8),
        "status": BankAccountStatus.ACTIVE,
    }
    row = put(books, BankAccount, usual, changed)
    vault.keep(books, row, "number", number, retention="bank")
    return row


def our_account(books: Books, ours: LegalEntity, **changed: Any) -> BankAccount:
    """Return an account of our own that payments are made from, opening it where there is none."""
    query = select(BankAccount).filter_by(party_id=ours.party_id, currency=ours.currency)
    found = books.session.exec(query).first()
    owner = only(books, Party, id=ours.party_id)
    return found or bank_account(books, owner, "6222020200099990001", **changed)


def party_of(books: Books, of: Supplier) -> Party:
    """Return the party a supplier is."""
    return only(books, Party, id=of.party_id)


def own_account(books: Books, of: LegalEntity) -> BankAccount:
    """Return the account a legal entity of ours pays from, making it where there is none."""
    query = select(BankAccount).filter_by(party_id=of.party_id)
    found = books.session.exec(query).first()
    ours = only(books, Party, id=of.party_id)
    return found or bank_account(books, ours, "31050136360000001234", proposed_by="li.treasury")
