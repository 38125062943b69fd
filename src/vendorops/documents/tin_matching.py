"""The file with which the IRS is asked whether names and numbers of payees match."""

from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.domain.refusal import Refused
from vendorops.law.evaluation import evaluate
from vendorops.tables import Party, Supplier

PLACE = "us"
KINDS = {"us_ein": "ein", "us_ssn": "ssn", "us_itin": "itin", "us_tin": "unknown"}


class NobodyToMatch(Refused):
    """No payee has a taxpayer number of the United States."""


def match_file(books: Books) -> tuple[str, int]:
    """Return the file of all payees with such a number, and how many there are.

    The account is the supplier's reference without hyphens: the answer has it back. Each number
    read is recorded. Raises NobodyToMatch, and BadMatchFile for names the IRS cannot read.
    """
    query = (
        select(Supplier, Party)
        .join(Party, col(Party.id) == col(Supplier.party_id))
        .where(col(Party.identifier_scheme).in_(KINDS))
        .order_by(col(Supplier.reference))
    )
    rows = [_row(books, supplier, payee) for supplier, payee in books.session.exec(query)]
    if not rows:
        raise NobodyToMatch("no payee has a taxpayer number of the United States on file")
    case = {"jurisdiction": PLACE, "rule": "tin_match.file", "inputs": {"rows": rows}}
    told: Any = evaluate(case, books.as_of)
    return str(told["text"]), len(rows)


def _row(books: Books, supplier: Supplier, payee: Party) -> dict[str, str]:
    books.record("revealed", payee, "to match name and number with the IRS")
    return {
        "kind": KINDS[payee.identifier_scheme],
        "tin": vault.reveal(books, payee, "identifier"),
        "name": payee.name,
        "account": supplier.reference.replace("-", ""),
    }
