"""What a bank or a paper says of whose an account is: method, result, and the evidence for it."""

from collections.abc import Mapping

from sqlmodel import col, select

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision, StoredDocument

METHODS = ("vop", "cop", "statement", "letter")
"""Verification of payee, confirmation of payee, a bank statement, a bank's letter."""
RESULTS = ("match", "close_match", "no_match")


class NoNameCheck(Refused):
    """The answer does not tell of a check that proves anything."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return method, result and evidence; a name that does not match may only be rejected."""
    kept = {name: given.text(name) for name in ("method", "result", "evidence")}
    if not given.approves and not any(kept.values()):
        return {}
    if kept["method"] not in METHODS or kept["result"] not in RESULTS:
        raise NoNameCheck(
            f"E_BANK_NO_NAME_CHECK: {decision.reference} needs a method ({', '.join(METHODS)}) "
            f"and a result ({', '.join(RESULTS)}); see vendorops account check-name"
        )
    if given.approves and kept["result"] == "no_match":
        raise NoNameCheck(
            "E_BANK_NAME_NO_MATCH: the account is not in the name of its holder; reject it"
        )
    query = select(StoredDocument.id).where(col(StoredDocument.sha256) == kept["evidence"])
    if books.session.exec(query).first() is None:
        raise NoNameCheck(
            "E_BANK_NO_EVIDENCE: the answer of the bank must be kept as evidence; give its file "
            "to vendorops account check-name"
        )
    return kept
