"""Defects that a test of faults must see: each breaks one rule of the house."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from vendorops.books import Books
from vendorops.stages import _sweeping, delivery


def sends_again() -> None:
    """Let delivery send each file to a receiver who does not remember what he got."""
    laid_out = delivery._lay_out  # noqa: SLF001 - a defect is put exactly there.

    def sending(path: Path, data: bytes) -> None:
        laid_out(path, data)
        with (path.parent / "received").open("a", encoding="utf-8") as receiver:
            receiver.write(f"{path.name}\n")

    delivery._lay_out = sending  # noqa: SLF001 - as above.


def commits_early() -> None:
    """Let every move be a transaction of its own, as when somebody commits in between."""
    move = Books.move

    def moving(books: Books, *given: Any, **named: Any) -> Any:
        event = move(books, *given, **named)
        books.session.connection().exec_driver_sql("COMMIT")
        books.session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        return event

    Books.move = moving  # type: ignore[method-assign,assignment]  # a defect is put exactly there.


def holds_nothing() -> None:
    """Let two runs work on one case at the same time."""
    _sweeping.log = SimpleNamespace(  # type: ignore[attr-defined,assignment]  # as below.
        lock=lambda _session: None
    )
    Books.hold = Books.get  # type: ignore[method-assign]  # a defect is put exactly there.


FLAWS: dict[str, Callable[[], None]] = {
    function.__name__: function for function in (sends_again, commits_early, holds_nothing)
}
