"""Proposes agreed terms from a file: entered in a person's name, put to somebody else, shown."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from vendorops.books import Books
from vendorops.cli.session import READER, books_of, opener
from vendorops.stages import sweep
from vendorops.tables import AgreedTerm

AGREEING = "adjustments"
"""The stage that has every term agreed which no price says."""
Propose = Callable[[Books, bytes], Sequence[AgreedTerm]]


def proposed(
    file: Path,
    who: tuple[str | None, datetime | None],
    propose: Propose,
    told: Callable[[Books, AgreedTerm], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the terms of a file as told, once they are entered, all or none, and asked about.

    `who` is a handle and the business day. Raises Refused for a file that cannot be proposed.
    """
    with books_of(*who) as books:
        idents = [row.id for row in propose(books, file.read_bytes())]
    agree_terms(idents, who[1])
    with opener(READER, who[1])() as books:
        return [told(books, books.get(AgreedTerm, ident)) for ident in idents]


def agree_terms(idents: list[int], as_of: datetime | None) -> None:
    """Ask about terms that wait, or let what was answered about them take effect."""
    sweep(AGREEING, opener(f"system:{AGREEING}", as_of), idents)
