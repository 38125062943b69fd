"""Runs a stage that works by sets: groups of rows, each advanced in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, Opener, log, name_of
from vendorops.domain.refusal import Refused
from vendorops.stages._refusing import refused, resolve
from vendorops.stages._shelf import Outcome, stage
from vendorops.tables import Row


def partitions(name: str, opener: Opener, idents: Sequence[int]) -> list[list[int]]:
    """Return rows in the groups that a stage advances together; one by one where it does not."""
    divide: Callable[[Books, Sequence[int]], Iterable[Sequence[int]]] | None
    divide = getattr(stage(name), "partitions", None)
    if divide is None or len(idents) == 1:
        return [[ident] for ident in idents]
    with opener() as books:
        return [list(group) for group in divide(books, idents)]


def advance_group(name: str, opener: Opener, idents: Sequence[int], outcome: Outcome) -> bool:
    """Advance a group in one transaction; tell whether none of it was refused.

    Where one is, nothing has happened: each is then taken alone, and the refused one says why.
    """
    chosen: Any = stage(name)
    try:
        with opener() as books:
            log.lock(books.session)  # In the order of every other writer.
            rows = held(books, chosen.SUBJECT, idents)
            chosen.advance_together(books, idents)
            for ident in refused(books, name, idents):
                resolve(books, name, chosen.SUBJECT, ident)
    except Refused:
        return False
    outcome.advanced += map(name_of, rows.values())
    return True


def held(books: Books, table: type[Row], idents: Sequence[int]) -> dict[int, Row]:
    """Return rows by key that no other run works on until the transaction ends."""
    query = select(table).where(col(table.id).in_(idents)).order_by(col(table.id))
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return {row.id: row for row in books.session.exec(query)}
