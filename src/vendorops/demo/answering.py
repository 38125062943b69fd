"""What people add to their answers in the story, besides yes."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.calling_back import is_ours
from vendorops.books.vault import reveal
from vendorops.documents import keep
from vendorops.tables import BankAccount, Contact, Decision, Filing, WorkItem

NOT_ALL_ACCEPTED = {"Onsite support, rework": "6", "Invoices captured, second batch": "1150"}
"""Descriptions of work of which the buyer accepts only this quantity."""


def detail(books: Books, reference: str, kind: str) -> Mapping[str, Any]:
    """Return what an answer of a kind brings along; most bring nothing."""
    add = DETAILS.get(kind)
    return add(books, books.named(Decision, reference).subject_id) if add else {}


def _accepted(books: Books, sheet: int) -> Mapping[str, Any]:
    items = books.session.exec(select(WorkItem).where(WorkItem.service_sheet_id == sheet))
    less = {
        item.reference: NOT_ALL_ACCEPTED[item.description]
        for item in items
        if item.description in NOT_ALL_ACCEPTED
    }
    return {"accept": less} if less else {}


def _called(books: Books, ident: int) -> Mapping[str, Any]:
    """Play the vendor on the phone, who reads its account from its own papers."""
    account = books.get(BankAccount, ident)
    if is_ours(books, account):
        return {}
    query = select(Contact.reference).where(
        col(Contact.party_id) == account.party_id, col(Contact.source) == "register"
    )
    return {
        "contact": books.session.exec(query).one(),
        "spoke_with": "the head of accounts",
        "called_at": books.moment.isoformat(),
        "read_back": reveal(books, account, "number"),
    }


def _name_checked(books: Books, ident: int) -> Mapping[str, Any]:
    account = books.get(BankAccount, ident)
    said = f"Bank {account.bank} confirms: {account.number_masked} is held by {account.holder}."
    digest = keep(books, f"{said}\n".encode(), f"name check of {account.reference}", ".txt")
    return {"method": "letter", "result": "match", "evidence": digest}


def _handed_in(books: Books, ident: int) -> Mapping[str, Any]:
    return {"receipt": f"{books.get(Filing, ident).month} 0001"}


DETAILS: dict[str, Callable[[Books, int], Mapping[str, Any]]] = {
    "acceptance": _accepted,
    "bank_verification": _called,
    "bank_name_check": _name_checked,
    "filing_submission": _handed_in,
}
