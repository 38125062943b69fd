"""Parts of a transaction that can be undone alone, so that many cases share one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from vendorops.books import log
from vendorops.books.unit import Books


@contextmanager
def part(books: Books) -> Iterator[None]:
    """Undo what happens within, and nothing else of the transaction, when something is raised.

    The end of the chain is held before, so that undoing a part does not let other writers in.
    """
    log.lock(books.session)
    with books.session.begin_nested():
        yield
