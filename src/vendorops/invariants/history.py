"""History: what must be true of the chain of events and of the states it led to."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, name_of
from vendorops.books.chain import verify
from vendorops.books.log import hashed
from vendorops.invariants._rule import Invariant
from vendorops.invariants._together import TABLES, Subject, told_together, with_rows
from vendorops.tables import Event, LogHead, Row

_COLUMNS: Any = Event.__table__.columns  # type: ignore[attr-defined]  # SQLModel hides it.
"""Read as columns: a year has a million events, and an object for each takes most of the time."""


def with_lifecycle() -> list[type[Row]]:
    """Return the tables whose rows have a status."""
    return [table for table in Row.__subclasses__() if hasattr(table, "states")]


def _states_are_the_last_told(books: Books) -> Iterator[str]:
    told = _last_told(books)
    for table in with_rows(books, with_lifecycle()):
        of: Any = table
        name = table.__name__.lower()
        for ident, status in books.session.exec(select(of.id, of.status).order_by(of.id)):
            if told.get((name, ident)) != status:
                yield f"{name} {name_of(books.get(table, ident))}"


def _last_told(books: Books) -> dict[Subject, str]:
    together, told = told_together(books), {}
    query = select(Event.subject_table, Event.subject_id, Event.after).where(
        (col(Event.after) != "") | col(Event.subject_table).in_(TABLES)
    )
    for table, ident, after in books.session.exec(query.order_by(col(Event.seq))):
        block = together.get((table, ident))
        if block is None:
            told[table, ident] = after
        else:
            told |= dict.fromkeys(block.subjects, block.after)
    return told


def _moves_follow_the_lifecycle(books: Books) -> Iterator[str]:
    known: list[Any] = list(with_lifecycle())
    states = {table.__name__.lower(): table.states for table in known}
    current: dict[Subject, str] = {}
    together = told_together(books)
    query = select(*_COLUMNS).where(
        col(Event.action).in_(["entered", "moved"]),
        (col(Event.after) != "") | col(Event.subject_table).in_(TABLES),
    )
    for event in books.session.exec(query.order_by(col(Event.seq))):
        subject = (event.subject_table, event.subject_id)
        block = together.get(subject)
        table, before, after = (
            (event.subject_table, event.before, event.after)
            if block is None
            else (block.table, block.before, block.after)
        )
        if table not in states or not after:
            continue  # Of rows that have no lifecycle.
        subjects = [subject] if block is None else [*block.subjects]
        born = not before and event.action == "entered" and after == states[table].first()
        moved = before and after in states[table](before).follows
        was = {current.get(each) for each in subjects}
        if not (born or (moved and was == {before})):
            yield f"event {event.seq}"
        current |= dict.fromkeys(subjects, after)


def _chain_is_whole(books: Books) -> Iterator[str]:
    query = select(*_COLUMNS).order_by(col(Event.seq))
    events = books.session.connection().execute(query).mappings().all()
    gap = next((at for at, event in enumerate(events, start=1) if event["seq"] != at), None)
    if gap is not None:
        yield f"event {gap} is missing"
    broken = verify((hashed(event), event["previous"], event["hash"]) for event in events)
    if broken is not None:
        yield f"event {broken}"
    head = books.session.exec(select(LogHead)).one()
    last = (events[-1]["seq"], events[-1]["hash"]) if events else (0, head.hash)
    if (head.seq, head.hash) != last:
        yield f"the end of the log, kept as event {head.seq}"


def _time_runs_forward(books: Books) -> Iterator[str]:
    before = None
    query = select(Event.seq, Event.at).order_by(col(Event.seq))
    now = books.now()
    for seq, at in books.session.exec(query):
        if (before and at < before) or at > now:
            yield f"event {seq}"
        before = at


INVARIANTS = (
    Invariant(
        "S01",
        "every event has an actor, an instant and a reason",
        """
        SELECT 'event ' || seq FROM event WHERE length(trim(actor)) = 0
        OR length(trim(reason)) < 3 OR at IS NULL OR business_day IS NULL
        """,
    ),
    Invariant("S02", "every state is the one the history told last", _states_are_the_last_told),
    Invariant("S03", "every move followed its lifecycle", _moves_follow_the_lifecycle),
    Invariant("S04", "the chain of events is whole and gapless", _chain_is_whole),
    Invariant("S12", "time in the log runs forward and not into the future", _time_runs_forward),
    Invariant(
        "S10",
        "what was released or filed was promised to the outbox, once",
        """
        SELECT b.reference FROM paymentbatch b WHERE b.status = 'released'
        AND 1 <> (SELECT count(*) FROM effect e WHERE e.sha256 = b.file_sha256)
        UNION SELECT f.reference FROM filing f
        WHERE f.status IN ('written', 'submitted', 'accepted', 'amended')
        AND 1 <> (SELECT count(*) FROM effect e WHERE e.sha256 = f.file_sha256)
        """,
    ),
)
