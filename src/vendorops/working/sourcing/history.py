"""Tells from the rows alone whose turn it was when: what times to fill are attributed by."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from vendorops.books import Books
from vendorops.domain.lifecycle import OfferStatus
from vendorops.domain.turns import Turn
from vendorops.tables import Interview, Offer, Requisition, Submission
from vendorops.working.sourcing.finding import interviews_of, offers_of, submissions_of

Turns = list[tuple[datetime, Turn | None]]
"""The instants at which turns began, in their order, as `attributed` takes them."""
WAITED_FOR = (Turn.BUYER, Turn.PROGRAM, Turn.SUPPLIER)
"""Of several that had to act at once: nobody is charged with the buyer's delay."""


def turns_of_submission(books: Books, row: Submission) -> Turns:
    """Return whose turn it was from the day a candidate was submitted until he was decided on.

    While a meeting waits to be confirmed, or an offer to be answered, it is the supplier's, else
    the buyer's.
    """
    spans = [
        *_confirming(interviews_of(books, row)),
        *_answering(offers_of(books, row)),
    ]
    edges = {at for span in spans for at in span if at} | {row.submitted_at}
    ended = row.ended_at
    found: Turns = [
        (at, Turn.SUPPLIER if _within(spans, at) else Turn.BUYER)
        for at in sorted(edges)
        if row.submitted_at <= at and (ended is None or at < ended)
    ]
    return [*found, (ended, None)] if ended else found


def turns_of_requisition(books: Books, row: Requisition) -> Turns:
    """Return whose turn it was from the day a requisition was opened until it ended.

    The buyer's until it is approved, the program's until it is distributed; then the supplier's,
    unless a candidate waits for the buyer.
    """
    began: Turns = [(row.opened_at, Turn.BUYER)]
    if row.approved_at:
        began.append((row.approved_at, Turn.PROGRAM))
    if row.distributed_at:
        parts = [turns_of_submission(books, each) for each in submissions_of(books, row)]
        began += _among(row.distributed_at, parts)
    if row.ended_at is None:
        return began
    return [*(turn for turn in began if turn[0] < row.ended_at), (row.ended_at, None)]


def _among(since: datetime, parts: Sequence[Turns]) -> Turns:
    edges = {at for part in parts for at, _ in part if at > since} | {since}
    found: Turns = []
    for at in sorted(edges):
        waited = {_at(part, at) for part in parts} | {Turn.SUPPLIER}
        whose = next(turn for turn in WAITED_FOR if turn in waited)
        if not found or found[-1][1] != whose:
            found.append((at, whose))
    return found


def _at(turns: Turns, at: datetime) -> Turn | None:
    """Return whose turn it was at an instant."""
    begun = [whose for since, whose in turns if since <= at]
    return begun[-1] if begun else None


def _confirming(interviews: Iterable[Interview]) -> Iterator[tuple[datetime, datetime | None]]:
    for row in interviews:
        yield row.proposed_at, row.confirmed_at or row.ended_at


def _answering(offers: Iterable[Offer]) -> Iterator[tuple[datetime, datetime | None]]:
    for row in offers:
        if row.released_at:
            answered = row.status != OfferStatus.RELEASED
            yield row.released_at, row.answered_at if answered else None


def _within(spans: Sequence[tuple[datetime, datetime | None]], at: datetime) -> bool:
    return any(start <= at and (end is None or at < end) for start, end in spans)
