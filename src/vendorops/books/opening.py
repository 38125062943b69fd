"""Opens the books: a database of the right age, a transaction, a day and a name."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from alembic.runtime.migration import MigrationContext
from sqlmodel import Session

from vendorops.books.engine import engine, looking
from vendorops.books.migrate import head
from vendorops.books.unit import Books
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings

Opener = Callable[[], AbstractContextManager[Books]]
"""Opens the books for one transaction; given to whoever runs stages."""


class WrongAge(Refused):
    """The database was made by an older or a newer program."""


@dataclass(frozen=True)
class Terms:
    """On which day, in whose name and for which month the books are opened."""

    as_of: date
    actor: str
    now: Callable[[], datetime]
    month: Period | None = None
    """The month before `as_of` unless given."""
    looks: bool = False
    """No writer waits for whoever looks; all of it is of one moment, and nothing stays written."""


@contextmanager
def open_books(settings: Settings, terms: Terms) -> Iterator[Books]:
    """Lend the books for one transaction: kept when the block ends well, undone otherwise."""
    check_age(settings)
    month = terms.month or Period.month_before(terms.as_of)
    bound = looking(settings) if terms.looks else engine(settings)
    with Session(bound, expire_on_commit=False) as session, session.begin() as transaction:
        yield Books(session, settings, terms.as_of, month, terms.actor, terms.now)
        if terms.looks:
            session.expunge_all()  # What was read may still be shown.
            transaction.rollback()


@cache
def check_age(settings: Settings) -> None:
    """Refuse a database whose tables are not the ones this program knows."""
    with engine(settings).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == head():
        return
    if found is None:
        raise WrongAge(f"the database in {settings.home} is empty: run vendorops db upgrade")
    raise WrongAge(
        f"the database is at version {found}, this program needs {head()}: "
        "run vendorops db upgrade, or use the program that wrote it"
    )
