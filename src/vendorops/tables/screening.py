"""Lists of sanctioned and exposed people, and what our parties were compared with."""

from datetime import date
from typing import ClassVar

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from vendorops.domain.lifecycle import Status, WatchlistStatus
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)


class NameKey(Row, table=True):
    """One key by which a party's name is found: how it looks or sounds, of each spelling."""

    __table_args__ = strict(UniqueConstraint("party_id", "key"))

    party_id: int = link("party")
    key: str = text(index=True)


class Watchlist(Row, table=True):
    """One version of a list that was loaded from a file."""

    __table_args__ = strict(
        lifecycle(WatchlistStatus),
        UniqueConstraint("reference"),
        once_where("uq_watchlist_one_current", ("name",), "status = 'current'"),
    )
    states: ClassVar[type[Status]] = WatchlistStatus

    reference: str = text()
    name: str = text()
    """What we call the list, whatever its version: `us-ofac-sdn`, `eu-fsf`, `own` …"""
    sha256: str = text()
    """Of the file as it was loaded."""
    count: int = whole()
    """Entries that name a person or an organization."""
    skipped: int = whole()
    """Entries of other kinds: vessels, addresses, sanctions by themselves …"""
    loaded_on: date = day()
    status: str = text(default=WatchlistStatus.CURRENT.value, index=True)


class WatchEntry(Row, table=True):
    """Whom a list names; it stays while newer versions of the list say the same of him."""

    __table_args__ = strict(
        one_of("kind", ("person", "organization", "entity")),
        once_where("uq_watchentry_one_listed", ("list_name", "entry"), "dropped_by IS NULL"),
    )
    filled_later: ClassVar[frozenset[str]] = frozenset({"dropped_by"})

    list_name: str = text()
    entry: str = text()
    """What the list calls the entry."""
    kind: str = text()
    names: str = text()
    """All its names as canonical JSON, the first one as the list shows it."""
    countries: str = text()
    birth_date: str = text()
    """As far as the list knows: `1961`, `1961-07` or a day."""
    topics: str = text()
    """Topics and programs, such as `sanction` or `role.pep`, separated by blanks."""
    content_sha256: str = text()
    """Of all of the above: a changed entry is another row."""
    added_by: int = link("watchlist")
    dropped_by: int | None = link("watchlist", optional=True)
    """The version that names it no more, or otherwise."""


class WatchIndex(Row, table=True):
    """The index of a list's names, made from its entries so that none need be read to search."""

    __table_args__ = strict(UniqueConstraint("list_name"))

    list_name: str = text()
    watchlist_id: int = link("watchlist")
    entries: bytes = Field(sa_type=LargeBinary)
    """For each name the entry it belongs to, and its kind, as 64-bit numbers."""
    names: bytes = Field(sa_type=LargeBinary)
    """The names, and where each piece of one occurs."""


class Screening(Row, table=True):
    """A party's names were compared with all lists of a day; hits are raised as reviews."""

    __table_args__ = strict(UniqueConstraint("party_id", "names_sha256", "terms_sha256"))
    witnessed: ClassVar[bool] = True

    party_id: int = link("party")
    names_sha256: str = text()
    """Of the names that were compared."""
    terms_sha256: str = text()
    """Of the lists, the scorer and the threshold."""
    terms: str = text()
    """The same as canonical JSON."""
    hits: int = whole()
    """Entries at or above the threshold."""
    screened_on: date = day()


class ScreeningHit(Row, table=True):
    """A name of a party is like an entry of a list: put to a person once."""

    __table_args__ = strict(
        UniqueConstraint("party_id", "name", "list_name", "content_sha256"),
    )

    party_id: int = link("party")
    name: str = text()
    list_name: str = text()
    content_sha256: str = text()
    """Of the entry."""
    score: int = whole()
    """In millionths, when it was first found."""
    review_id: int = link("review")
