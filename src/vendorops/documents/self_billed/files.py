"""Writes a self-billed invoice from rows and the vault: the same rows give the same bytes."""

from typing import cast

from vendorops.books import Books, vault
from vendorops.documents.self_billed.papers import Numbers, paper_of
from vendorops.domain.refusal import Refused
from vendorops.formats import PrintedFormat, formats
from vendorops.tables import BankAccount, Party, SelfBilledInvoice


class NotAFormat(Refused):
    """No format of that name can be written."""


def printed_formats() -> dict[str, PrintedFormat]:
    """Return the formats that can be written, by name."""
    known = formats().items()
    return {name: cast("PrintedFormat", one) for name, one in known if hasattr(one, "write")}


def printed_format(name: str) -> PrintedFormat:
    """Return a format that can be written; refused with the names of those known."""
    known = printed_formats()
    if name not in known:
        raise NotAFormat(f"{name!r} cannot be written; choose one of {', '.join(sorted(known))}")
    return known[name]


def self_billed_file(books: Books, row: SelfBilledInvoice, format_name: str) -> bytes:
    """Return the bytes of an invoice; each number read from the vault for it is recorded."""
    why = f"for the invoice {row.number or row.reference}"

    def identity(party: Party) -> str:
        books.record("revealed", party, why)
        return vault.reveal(books, party, "identifier")

    def account(bank_account: BankAccount) -> str:
        books.record("revealed", bank_account, why)
        return vault.reveal(books, bank_account, "number")

    return _written(books, row, format_name, Numbers(identity, account))


def self_billed_file_again(books: Books, row: SelfBilledInvoice, format_name: str) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    numbers = Numbers(
        lambda party: vault.reveal(books, party, "identifier"),
        lambda account: vault.reveal(books, account, "number"),
    )
    return _written(books, row, format_name, numbers)


def _written(books: Books, row: SelfBilledInvoice, format_name: str, numbers: Numbers) -> bytes:
    return printed_format(format_name).write(paper_of(books, row, numbers))
