"""Appends to the history: every event is chained by hash to the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from vendorops.books.chain import link
from vendorops.books.keys import MINT
from vendorops.tables import Event, LogHead

HELD, LAST = "vendorops.log.held", "vendorops.log.last"
"""Under which names a session remembers its transaction's lock on the end of the chain, and the
number and instant of the event there."""


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


def lock(session: Session) -> LogHead:
    """Hold the end of the chain until the transaction ends, so that events have one order.

    Whoever holds it already is not kept waiting by the database for every event. Keys minted
    from here on lie above those of everything in the history, whichever process minted them.
    """
    held: tuple[object, LogHead] | None = session.info.get(HELD)
    if held and held[0] is session.get_transaction():
        return held[1]
    query = select(LogHead).where(col(LogHead.id) == 1).with_for_update()
    head = session.exec(query.execution_options(populate_existing=True)).one()
    _see_last(session, head.seq)
    if not session.in_nested_transaction():  # A lock taken within a savepoint ends with it.
        session.info[HELD] = (session.get_transaction(), head)
    return head


def append(session: Session, key: int, what: Happening, circumstance: Circumstance) -> Event:
    """Write one event at the end of the chain; time in the log never runs backwards."""
    head = lock(session)
    _see_last(session, head.seq)  # A savepoint may have taken events back.
    last: tuple[int, datetime] | None = session.info.get(LAST)
    at = max(circumstance.at, last[1]) if last else circumstance.at
    event = Event(
        id=key,
        seq=head.seq + 1,
        at=at,
        business_day=circumstance.business_day,
        actor=circumstance.actor,
        previous=head.hash,
        hash="",
        **vars(what),
    )
    event.hash = link(head.hash, hashed(event))
    head.seq, head.hash = event.seq, event.hash
    session.info[LAST] = (event.seq, at)
    session.add(event)
    session.flush()
    return event


def _see_last(session: Session, seq: int) -> None:
    """Take notice of the event at the end of the chain: its key and its instant."""
    known: tuple[int, datetime] | None = session.info.get(LAST)
    if known and known[0] == seq:
        return
    query = select(Event.id, Event.at).where(col(Event.seq) == seq)
    found = session.exec(query).one_or_none()
    session.info.pop(LAST, None)
    if found:
        key, at = found
        MINT.see(key)
        session.info[LAST] = (seq, at)


def hashed(event: Event) -> dict[str, object]:
    """Return what of an event goes into its hash: everything but the hashes themselves."""
    fields = event.model_dump(exclude={"id", "previous", "hash"})
    return fields | {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "business_day": event.business_day.isoformat(),
        "subject_id": str(event.subject_id),
    }


def append_many(
    session: Session, first_key: int, whats: Sequence[Happening], circumstance: Circumstance
) -> None:
    """Write many events at the end of the chain at once: the same events as one by one."""
    head = lock(session)
    _see_last(session, head.seq)
    last: tuple[int, datetime] | None = session.info.get(LAST)
    at = max(circumstance.at, last[1]) if last else circumstance.at
    told_at = at.astimezone(UTC).isoformat(timespec="microseconds")
    told_day = circumstance.business_day.isoformat()
    rows: list[dict[str, object]] = []
    seq, before = head.seq, head.hash
    for what in whats:
        seq += 1
        fixed = {"seq": seq, "version": 1, "actor": circumstance.actor, **vars(what)}
        spelled = {"at": told_at, "business_day": told_day, "subject_id": str(what.subject_id)}
        after = link(before, fixed | spelled)
        kept = {"id": first_key + len(rows), "at": at, "business_day": circumstance.business_day}
        rows.append({**fixed, **kept, "previous": before, "hash": after})
        before = after
    if rows:
        session.flush()
        session.connection().execute(insert(Event), rows)
        head.seq, head.hash = seq, before
        session.info[LAST] = (seq, at)
        session.flush()
