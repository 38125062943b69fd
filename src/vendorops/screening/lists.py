"""Loads a list of sanctioned or exposed people: each file is a version, kept entry by entry."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, select

from vendorops.books import Books, canonical, content_sha256
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import WatchlistStatus
from vendorops.domain.refusal import Refused
from vendorops.gateways.watchlist_reading import Listed, WatchlistFacts, read_watchlist
from vendorops.screening.searching import write_index
from vendorops.screening.terms import ROLE
from vendorops.tables import RoleGrant, WatchEntry, Watchlist

LARGEST = 512 * 2**20
"""Bytes of a file."""
TOGETHER = 500
"""Rows of one statement."""


class ListTooLarge(Refused):
    """The file is larger than any list."""


def load_watchlist(books: Books, data: bytes, name: str) -> Watchlist:
    """Load a version of the list `name`; the file that is loaded already changes nothing.

    What the new version says as the old one did stays the same entry, so that nobody is asked
    about it again; what it says otherwise, or no more, is ended. Raises NotAllowed for who does
    not hold the role compliance.
    """
    _check_allowed(books)
    if len(data) > LARGEST:
        raise ListTooLarge(f"the list is larger than {LARGEST // 2**20} MiB; load parts of it")
    digest = sha256(data).hexdigest()
    known = _current(books, name)
    if known and known.sha256 == digest:
        return known
    facts = read_watchlist(data)
    if known:
        because = f"another version of {name} is loaded"
        books.move(known, WatchlistStatus.SUPERSEDED, because=because)
    version = books.enter(_version(books, name, digest, facts), because=f"{name} loaded")
    _enter_entries(books, version, facts)
    write_index(books, version)
    return version


def _check_allowed(books: Books) -> None:
    """Refuse who does not hold the role: a list that lacks somebody lets him through."""
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role) == ROLE,
        col(RoleGrant.valid_from) <= books.as_of,
        col(RoleGrant.valid_to).is_(None) | (col(RoleGrant.valid_to) > books.as_of),
    )
    if books.session.exec(query).first() is None:
        raise NotAllowed(f"{books.actor} does not hold the role {ROLE!r} on {books.as_of}")


def _current(books: Books, name: str) -> Watchlist | None:
    query = select(Watchlist).where(
        col(Watchlist.name) == name, col(Watchlist.status) == WatchlistStatus.CURRENT
    )
    return books.session.exec(query).one_or_none()


def _version(books: Books, name: str, digest: str, facts: WatchlistFacts) -> Watchlist:
    return Watchlist(
        id=books.key(),
        reference=books.reference("WL"),
        name=name,
        sha256=digest,
        count=len(facts.entries),
        skipped=facts.skipped,
        loaded_on=books.as_of,
    )


def _enter_entries(books: Books, version: Watchlist, facts: WatchlistFacts) -> None:
    query = select(WatchEntry.content_sha256, WatchEntry.id).where(
        col(WatchEntry.list_name) == version.name, col(WatchEntry.dropped_by).is_(None)
    )
    before = dict(books.session.exec(query).all())
    now = {_digest(listed): listed for listed in facts.entries}
    for some in _portions([ident for digest, ident in before.items() if digest not in now]):
        ended = update(WatchEntry).where(col(WatchEntry.id).in_(some))
        books.session.execute(ended.values(dropped_by=version.id))
    new = [(digest, listed) for digest, listed in now.items() if digest not in before]
    first = books.keys(len(new)) if new else 0
    rows = [_row(version, first + at, digest, listed) for at, (digest, listed) in enumerate(new)]
    for portion in _portions(rows):
        books.session.execute(insert(WatchEntry), portion)


def _portions(rows: list[Any]) -> Iterable[list[Any]]:
    return (rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER))


def _digest(listed: Listed) -> str:
    return content_sha256(_content(listed))


def _content(listed: Listed) -> dict[str, Any]:
    return {
        "entry": listed.entry,
        "kind": listed.kind,
        "names": canonical(list(listed.names)).decode(),
        "countries": " ".join(listed.countries),
        "birth_date": listed.birth_date,
        "topics": " ".join(listed.topics),
    }


def _row(version: Watchlist, ident: int, digest: str, listed: Listed) -> dict[str, Any]:
    return _content(listed) | {
        "id": ident,
        "list_name": version.name,
        "content_sha256": digest,
        "added_by": version.id,
        "dropped_by": None,
    }
