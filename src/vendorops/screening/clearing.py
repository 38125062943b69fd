"""The way back from a hit that was found true by mistake: one proposes it, another decides."""

from vendorops.books import Books
from vendorops.books.questions.rights import rights
from vendorops.domain.lifecycle import ReviewStatus
from vendorops.domain.refusal import Refused
from vendorops.screening.hits import KIND
from vendorops.screening.terms import ROLE
from vendorops.tables import Review


class NotClearable(Refused):
    """The doubt cannot be proposed to be cleared, or not by this person."""


def propose_clearing(books: Books, hit: Review, reason: str) -> None:
    """Propose that a confirmed hit is of somebody else after all. Twice is once."""
    if not any(right.holder == books.actor for right in rights(books, [ROLE])):
        raise NotClearable(
            f"{books.actor} does not hold the role {ROLE!r} on {books.as_of} and cannot propose it"
        )
    if hit.kind != KIND:
        raise NotClearable(f"{hit.reference} is a doubt of kind {hit.kind}, not a screening hit")
    if hit.status != ReviewStatus.CONFIRMED:
        raise NotClearable(
            f"{hit.reference} is {hit.status}; only a hit that was found true has a way back"
        )
    if (hit.clearing_by, hit.clearing_reason) == (books.actor, reason):
        return
    if hit.clearing_by:
        raise NotClearable(
            f"{hit.clearing_by} proposed already to clear {hit.reference}; have it decided first"
        )
    hit.clearing_by, hit.clearing_reason = books.actor, reason
    books.record("contested", hit, f"{books.actor} proposes to clear it: {reason}")
