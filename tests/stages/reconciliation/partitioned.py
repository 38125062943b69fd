"""A month of several suppliers, and everything that was made of it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from tests.make import AS_OF, claimed
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.books import Opener, Terms, open_books
from vendorops.settings import Settings
from vendorops.tables import (
    Allocation,
    Difference,
    Event,
    Invoice,
    InvoiceLine,
    Reconciliation,
    WorkItem,
)

COUNT = 4


def suppliers(opener: Opener) -> list[int]:
    """Enter suppliers with claims that are right, wrong, and both; return their keys."""
    with opener() as books:
        claims = [enter(books, whole(0), whole(1)) for _ in range(COUNT)]
        again(books, claims[1], claimed())
        again(books, claims[2], claimed(quantity="3"), claimed())
        return [claim.supplier_id for claim in claims]


def copied(settings: Settings, home: Path) -> Settings:
    """Return the settings of a copy of an installation on SQLite."""
    home.mkdir()
    with (
        closing(sqlite3.connect(settings.home / "books.db")) as source,
        closing(sqlite3.connect(home / "books.db")) as target,
    ):
        source.backup(target)
    return replace(Settings.at(home), key_file=settings.key_file)


def opener_of(settings: Settings) -> Opener:
    instant = datetime.combine(AS_OF, time(9), UTC)
    return partial(open_books, settings, Terms(AS_OF, "system:test", lambda: instant))


def outcome(opener: Opener) -> list[list[tuple[Any, ...]]]:
    """Return what was written, by what it is about; keys and references follow the order."""
    line = (col(Allocation.invoice_line_id), Allocation.work_item_id, Allocation.quantity_e4)
    found = (col(Difference.invoice_line_id), Difference.reason, Difference.amount_minor)
    month = (Reconciliation.supplier_id, Reconciliation.version, Reconciliation.status)
    seals = (Reconciliation.inputs_sha256, Reconciliation.result_sha256)
    told = (Event.subject_id, Event.action, Event.before, Event.after, Event.reason)
    about = select(*told).where(col(Event.subject_table) == "invoice")  # type: ignore[call-overload]  # Five columns.
    queries: list[Any] = [
        select(*line, Allocation.amount_minor),
        select(*found, Difference.treatment),
        select(*month),
        select(*seals),
        select(Invoice.id, Invoice.status),
        select(WorkItem.id, WorkItem.claimed_e4),
        about,
    ]
    with opener() as books:
        assert books.session.exec(select(InvoiceLine)).first()
        return [sorted(map(tuple, books.session.exec(query))) for query in queries]
