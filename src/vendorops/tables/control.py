"""What makes the rest trustworthy: history, refusals, promises, secrets."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from vendorops.domain.lifecycle import EffectStatus, Status
from vendorops.tables.columns import (
    Row,
    day,
    instant,
    lifecycle,
    link,
    one_of,
    strict,
    text,
    whole,
)


class Event(Row, table=True):
    """One thing that happened, chained by hash to the one before; holds no personal data."""

    __table_args__ = strict(
        UniqueConstraint("seq"),
        UniqueConstraint("hash"),
        CheckConstraint("length(actor) > 0 AND length(reason) > 1", name="who_and_why"),
        Index("ix_event_subject", "subject_table", "subject_id"),
    )

    seq: int = whole()
    version: int = whole(default=1)
    at: datetime = instant()
    business_day: date = day()
    actor: str = text()
    on_behalf_of: str = text(default="")
    action: str = text()
    """entered, moved, asked, answered, posted, refused, revealed …"""
    subject_table: str = text()
    subject_id: int = whole()
    before: str = text(default="")
    after: str = text(default="")
    reason: str = text()
    content_sha256: str = text(default="")
    previous: str = text()
    hash: str = text()


class LogHead(Row, table=True):
    """The end of the chain; locked by whoever appends, so that there is one order of events."""

    __table_args__ = strict(CheckConstraint("id = 1", name="one_row"))

    seq: int = whole()
    hash: str = text()


class Refusal(Row, table=True):
    """The business said no to a case: kept until the case goes on."""

    __table_args__ = strict(
        UniqueConstraint("stage", "subject_table", "subject_id", "reason"),
    )

    stage: str = text()
    subject_table: str = text()
    subject_id: int = whole()
    subject_reference: str = text()
    reason: str = text()
    owner_role: str = text(default="")
    """Whoever holds this role sees to it."""
    refused_on: date = day()
    due_on: date = day()
    resolved_on: date | None = day(default=None)


class CheckFinding(Row, table=True):
    """What a check found about a row: data for the person who decides."""

    __table_args__ = strict(
        one_of("level", ("fatal", "warning")),
        UniqueConstraint("subject_table", "subject_id", "code", "place_in_source"),
    )

    subject_table: str = text()
    subject_id: int = whole()
    code: str = text()
    level: str = text()
    place_in_source: str = text()
    message: str = text()
    found_on: date = day()


class Effect(Row, table=True):
    """The outbox: something promised to the outside world in the same transaction as its cause."""

    __table_args__ = strict(lifecycle(EffectStatus), UniqueConstraint("dedupe_key"))
    states: ClassVar[type[Status]] = EffectStatus

    kind: str = text()
    """`file` for now: lay out the document `sha256` under `name` in the outgoing folder."""
    dedupe_key: str = text()
    event_id: int = link("event")
    sha256: str = text()
    name: str = text()
    promised_on: date = day()
    status: str = text(default=EffectStatus.PENDING.value, index=True)


class IdempotencyKey(Row, table=True):
    """A command that was given once: the same key means the same body and the same answer."""

    __table_args__ = strict(UniqueConstraint("actor", "key"))

    actor: str = text()
    key: str = text()
    body_sha256: str = text()
    answer: str = text()


class Series(Row, table=True):
    """The last number given in one series of references; gapless, taken in the transaction."""

    __table_args__ = strict(UniqueConstraint("prefix", "year"))

    prefix: str = text()
    year: int = whole()
    last: int = whole()


class VaultEntry(Row, table=True):
    """A secret of one row and column, encrypted and bound to it (AES-256-GCM)."""

    __table_args__ = strict(UniqueConstraint("subject_table", "subject_column", "subject_id"))

    subject_table: str = text()
    subject_column: str = text()
    subject_id: int = whole()
    key_id: str = text()
    nonce: bytes = Field(sa_type=LargeBinary)
    ciphertext: bytes = Field(sa_type=LargeBinary)
    retention: str = text()
    """Class of data whose keeping time the law fixes, such as `identity` or `bank`."""


class StoredDocument(Row, table=True):
    """A document in the content-addressed store: what it is, for people."""

    __table_args__ = strict(UniqueConstraint("sha256"))

    sha256: str = text()
    size: int = whole()
    title: str = text()
    suffix: str = text()
    kept_on: date = day()
