"""Computes a past reconciliation again from the rows it read, and compares it with its seal."""

import json
from hashlib import sha256

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.matching import RULES, VERSION
from vendorops.domain.refusal import Refused
from vendorops.stages.reconciliation import sealing
from vendorops.stages.reconciliation.bulk import Matched, heads, matched
from vendorops.tables import Allocation, Difference, InvoiceLine, Reconciliation


class OtherRules(Refused):
    """The month was sealed under rules that this release does not have."""


def replay(books: Books, of: Reconciliation) -> tuple[str, str]:
    """Judge the same claims again, as of then, and return the hashes of inputs and result."""
    return judged_again(books, of).hashes(of)


def judged_again(books: Books, of: Reconciliation) -> Matched:
    """Judge the claims of a past reconciliation again; nothing is written.

    Raises OtherRules where they were judged by rules of another version than ours.
    """
    ruled = json.loads(of.rules)
    if (ruled["name"], ruled["version"]) != (RULES, VERSION):
        raise OtherRules(
            f"{of.reference} was sealed under version {ruled['version']} of the {ruled['name']}; "
            f"this release judges by version {VERSION}: replay it with the release that sealed it"
        )
    allocated = select(Allocation.invoice_line_id).where(
        col(Allocation.reconciliation_id) == of.id
    )
    differing = select(Difference.invoice_line_id).where(
        col(Difference.reconciliation_id) == of.id
    )
    line = col(InvoiceLine.id)
    invoices = select(InvoiceLine.invoice_id).where(line.in_(allocated) | line.in_(differing))
    return matched(books, [of], invoices, live=False)


def stored_result(books: Books, of: Reconciliation) -> str:
    """Return the hash of the result as its rows say it now."""
    books.session.flush()
    digest = sha256(heads(books, of)[1])
    for piece in sealing.stored(books.session.connection(), of.id):
        digest.update(piece)
    return digest.hexdigest()


def faults(books: Books, of: Reconciliation) -> list[str]:
    """Return what of a reconciliation no longer follows from its rows: nothing, always."""
    inputs, result = replay(books, of)
    checks = {
        "its inputs are not those it was sealed with": inputs == of.inputs_sha256,
        "the same inputs give another result": result == of.result_sha256,
        "its allocations or differences were changed": stored_result(books, of)
        == of.result_sha256,
    }
    return [f"{of.reference}: {fault}" for fault, sound in checks.items() if not sound]
