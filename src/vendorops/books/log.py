"""Appends to the history: every event is chained by hash to the one before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, event, insert, select, update
from sqlmodel import Session, col

from vendorops.books.chain import link
from vendorops.books.keys import MINT
from vendorops.tables import Event, LogHead

# Written once: making a statement takes longer than running it, and every step writes events.
_END = select(col(LogHead.seq), col(LogHead.hash)).where(col(LogHead.id) == 1).with_for_update()
_LAST = select(col(Event.id), col(Event.at)).where(col(Event.seq) == bindparam("seq"))
_ENTER = insert(Event)
_ADVANCE = (
    update(LogHead)
    .where(col(LogHead.id) == 1)
    .values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))
)
MANY = 50
"""Events from which on it is worth while to hand them to the driver itself."""
HELD = "vendorops.log.held"
"""Under which name a session remembers its transaction's lock on the end of the chain."""
TOLD = "vendorops.log.told"
"""Under which name a session collects the tables whose rows its events are about."""


@dataclass
class End:
    """The end of the chain, as the transaction that holds it knows it."""

    seq: int
    hash: str
    at: datetime | None
    """The instant of the event there; None where there is none yet."""


@dataclass(frozen=True)
class Written:
    """An event in the history, for what hangs on it."""

    id: int
    seq: int


@dataclass(frozen=True)
class Happening:
    """What is about to be written into the history."""

    action: str
    subject_table: str
    subject_id: int
    reason: str
    before: str = ""
    after: str = ""
    content_sha256: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Circumstance:
    """Who, and when: the business day, and the instant."""

    actor: str
    business_day: date
    at: datetime


class Happened(Protocol):
    """An event of the history, read back or just written."""

    @property
    def id(self) -> int:
        """Its key."""
        ...


def lock(session: Session) -> End:
    """Hold the end of the chain until the transaction ends, so that events have one order.

    Whoever holds it already is not kept waiting by the database for every event. Keys minted
    from here on lie above those of everything in the history, whichever process minted them.
    """
    held: tuple[object, End] | None = session.info.get(HELD)
    if held and held[0] is session.get_transaction():
        return held[1]
    connection = session.connection()
    seq, before = connection.execute(_END).one()
    last = connection.execute(_LAST, {"seq": seq}).one_or_none()
    if last:
        MINT.see(last.id)
    end = End(seq, before, last.at if last else None)
    session.info[HELD] = (session.get_transaction(), end)
    return end


@event.listens_for(Session, "after_soft_rollback")
def _let_go(session: Session, _undone: object) -> None:
    """Forget the end: going back to a savepoint takes events back, and perhaps the lock."""
    session.info.pop(HELD, None)


def append(session: Session, key: int, what: Happening, circumstance: Circumstance) -> Written:
    """Write one event at the end of the chain; time in the log never runs backwards."""
    return append_many(session, key, [what], circumstance)[0]


def hashed(columns: Mapping[Any, Any]) -> dict[str, object]:
    """Return what of an event's columns goes into its hash: all but the hashes themselves."""
    fields = {name: columns[name] for name in columns if name not in ("id", "previous", "hash")}
    return fields | {
        "at": columns["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        "business_day": columns["business_day"].isoformat(),
        "subject_id": str(columns["subject_id"]),
    }


def _enter(
    connection: Connection, rows: Sequence[Mapping[str, object]], spelled: Mapping[str, str]
) -> None:
    """Enter events; many go past SQLAlchemy. SQLite keeps instant and day as they are spelled."""
    if len(rows) < MANY:
        connection.execute(_ENTER, rows if len(rows) > 1 else rows[0])
        return
    driver: Any = connection.connection.driver_connection
    names = ", ".join(f'"{name}"' for name in rows[0])
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(rows[0]))
        told = ([*{**row, **spelled}.values()] for row in rows)
        driver.executemany(f"INSERT INTO event ({names}) VALUES ({marks})", told)  # noqa: S608 - our own names.
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY event ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([*row.values()])


def append_many(
    session: Session, first_key: int, whats: Sequence[Happening], circumstance: Circumstance
) -> list[Written]:
    """Write many events at the end of the chain at once: the same events as one by one."""
    end = lock(session)
    at = max(circumstance.at, end.at) if end.at else circumstance.at
    told_at = at.astimezone(UTC).isoformat(timespec="microseconds")
    told_day = circumstance.business_day.isoformat()
    rows: list[dict[str, object]] = []
    written: list[Written] = []
    seq, before = end.seq, end.hash
    for key, what in enumerate(whats, start=first_key):
        seq += 1
        fixed = {"seq": seq, "version": 1, "actor": circumstance.actor, **vars(what)}
        spelled = {"at": told_at, "business_day": told_day, "subject_id": str(what.subject_id)}
        after = link(before, fixed | spelled)
        kept = {"id": key, "at": at, "business_day": circumstance.business_day}
        rows.append({**fixed, **kept, "previous": before, "hash": after})
        written.append(Written(key, seq))
        before = after
    if rows:
        session.flush()
        connection = session.connection()
        _enter(connection, rows, {"at": told_at, "business_day": told_day})
        connection.execute(_ADVANCE, {"to_seq": seq, "to_hash": before})
        end.seq, end.hash, end.at = seq, before, at
        told: set[str] = session.info.setdefault(TOLD, set())
        told.update(what.subject_table for what in whats)
    return written
