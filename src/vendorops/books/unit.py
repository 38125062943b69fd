"""The books: one transaction's worth of the company's memory, and the only way to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Update, and_, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from vendorops.books import log
from vendorops.books.chain import content_sha256
from vendorops.books.keys import MINT
from vendorops.domain.lifecycle import Status
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings
from vendorops.tables import Row, Series

R = TypeVar("R", bound=Row)
_TAKE = (  # Written once: making a statement takes longer than running it.
    update(Series)
    .where(col(Series.prefix) == bindparam("of"), col(Series.year) == bindparam("in_year"))
    .values(last=col(Series.last) + bindparam("count"))
    .returning(col(Series.last))
)
NOON = time(12)


class NotInTheBooks(Refused):
    """Nothing of that key or reference is there."""


class Overtaken(Refused):
    """Another run or person changed the row first."""


class BornLate(Exception):  # noqa: N818 - a defect, named for what happened.
    """A row was entered in a state that is not the first of its lifecycle."""


@dataclass(frozen=True)
class Books:
    """What a stage may touch: rows by `get`, `enter` and `move`, on a day, in somebody's name."""

    session: Session
    settings: Settings
    as_of: date
    """The business day on which everything in this transaction happens."""
    month: Period
    """The month that monthly stages work on."""
    actor: str
    """A person's handle, or `system:` and the stage."""
    now: Callable[[], datetime]
    """The instant, for the history; rules that count hours read `moment`."""

    @property
    def moment(self) -> datetime:
        """The instant from which waiting periods of hours are counted.

        It is the machine's, whatever business day was given, so that nobody shortens a period by
        naming a later day; only where time is played is it noon of the business day.
        """
        if self.settings.simulated:
            return datetime.combine(self.as_of, NOON, UTC)
        return self.now()

    def key(self) -> int:
        """Return a fresh key for a row."""
        return MINT.next(self.now())

    def keys(self, count: int) -> int:
        """Return the first of so many fresh keys in a row; see `Mint.block`."""
        return MINT.block(count, self.now())

    def get(self, table: type[R], ident: int) -> R:
        """Return a row that must exist."""
        row = self.session.get(table, ident)
        if row is None:
            raise NotInTheBooks(f"there is no {table.__name__} {ident} in the books")
        return row

    def hold(self, table: type[R], ident: int) -> R:
        """Return a row that no other run works on until this transaction ends.

        A second run of a stage waits here and then finds what the first one did. SQLite holds
        the whole database from the start.
        """
        row = self.session.get(
            table, ident, populate_existing=True, with_for_update={"key_share": True}
        )
        if row is None:
            raise NotInTheBooks(f"there is no {table.__name__} {ident} in the books")
        return row

    def named(self, table: type[R], reference: str) -> R:
        """Return the row that people know by a reference such as `CON-2026-000001`."""
        known: Any = table
        query = select(table).where(known.reference == reference)
        row = self.session.exec(query).one_or_none()
        if row is None:
            raise NotInTheBooks(f"there is no {table.__name__} {reference[:40]!r} in the books")
        return row

    def enter(self, row: R, *, because: str = "") -> R:
        """Put a new row in the books; one with a lifecycle is born in its first state."""
        states: type[Status] | None = getattr(row, "states", None)
        if states and status_of(row) != states.first():
            raise BornLate(f"{type(row).__name__} may only be entered as {states.first()}")
        self.session.add(row)
        if states or row.witnessed:
            after = states.first() if states else ""
            told = {"after": after, "content_sha256": content_sha256(fixed_content(row))}
            self.record("entered", row, because or "entered", **told)
        self.session.flush()
        return row

    def move(
        self, row: Row, after: Status, *, because: str, content: str = "", on_behalf_of: str = ""
    ) -> log.Written:
        """Change a status: the only place that does, and it leaves a trace.

        `content` is the hash of what was decided, where the move is an answer, and `on_behalf_of`
        in whose place the actor gave it. Raises
        IllegalMove where the lifecycle has no such arrow and Overtaken where somebody else moved
        the row first.
        """
        table: Any = type(row)
        before = table.states(status_of(row))
        before.check(after)
        self.session.flush()
        states = {"ident": row.id, "was": before.value, "becomes": after.value}
        if self.session.connection().execute(_moving(table), states).rowcount != 1:
            raise Overtaken(f"{table.__name__} {name_of(row)} is no longer {before}; look again")
        set_committed_value(row, "status", after.value)
        told = {"before": before, "after": after, "content_sha256": content}
        return self.record("moved", row, because, on_behalf_of=on_behalf_of, **told)

    def record(self, action: str, row: Row, reason: str, **more: str) -> log.Written:
        """Write into the history that something happened to a row."""
        subject = type(row).__name__.lower()
        what = log.Happening(action, subject, row.id, reason, **more)
        circumstance = log.Circumstance(self.actor, self.as_of, self.now())
        return log.append(self.session, self.key(), what, circumstance)

    def reference(self, prefix: str) -> str:
        """Return the next number of a series, such as `INV-2026-000123`; none is ever skipped."""
        return self.references(prefix, 1)[0]

    def references(self, prefix: str, count: int) -> list[str]:
        """Return so many next numbers of a series, taken at once."""
        log.lock(self.session)
        year = self.as_of.year
        wanted = {"of": prefix, "in_year": year, "count": count}
        last = self.session.connection().execute(_TAKE, wanted).scalar_one_or_none()
        if last is None:
            last = count
            self.session.add(Series(id=self.key(), prefix=prefix, year=year, last=last))
            self.session.flush()
        return [f"{prefix}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]


@cache
def _moving(table: Any) -> Update:  # noqa: ANN401 - any table with a status.
    """Return the one statement that changes a status, if it is still what it was."""
    here = and_(table.id == bindparam("ident"), table.status == bindparam("was"))
    return update(table).where(here).values(status=bindparam("becomes"))


def fixed_content(row: Row) -> dict[str, str]:
    """Return what of a row never changes once it was entered; its hash is in the history.

    What is empty is left out, so that a column added by a later version leaves the hashes of
    older rows as they are; filling it in still changes them.
    """
    fixed = row.model_dump(exclude={"id", "status", *row.filled_later})
    return {name: str(value) for name, value in fixed.items() if value not in (None, "")}


def status_of(row: Row) -> str:
    """Return the state of a row whose table has a lifecycle."""
    known: Any = row
    return str(known.status)


def name_of(row: Row) -> str:
    """Return what people call a row: its reference where it has one, else its key."""
    return str(getattr(row, "reference", row.id))
