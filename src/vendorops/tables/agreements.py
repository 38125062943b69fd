"""How an agreement came about, changes and ends: drafts, amendments, terminations."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import AmendmentStatus, Status, TerminationStatus
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


class ContractVersion(Row, table=True):
    """One draft of a contract, as somebody proposed it."""

    __table_args__ = strict(
        UniqueConstraint("contract_id", "version"),
        CheckConstraint("version > 0", name="version"),
    )
    witnessed: ClassVar[bool] = True

    contract_id: int = link("contract")
    version: int = whole()
    facts: str = text()
    facts_sha256: str = text()
    template: str = text()
    source_sha256: str = text()
    """Hash of the wording before the data."""
    document_sha256: str = text()
    drafted_on: date = day()
    """The day of the wording."""
    proposed_by: str = text()
    because: str = text()


class Amendment(Row, table=True):
    """A change of a contract from a day on: everything that holds then, and its paper."""

    __table_args__ = strict(
        lifecycle(AmendmentStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("number > 0", name="number"),
        one_of("reach", ("forward", "retroactive")),
    )
    states: ClassVar[type[Status]] = AmendmentStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"sent_sha256", "signed_sha256", "signed_by", "signed_how", "effective_on"}
    )

    reference: str = text()
    contract_id: int = link("contract")
    number: int = whole()
    valid_from: date = day()
    reach: str = text(default="forward")
    """`retroactive` where it reaches back behind accepted work, which its approver is told."""
    asked_sha256: str = text()
    """Hash of what was asked for, so that the same again is the same amendment."""
    before_sha256: str = text()
    """Hash of the facts that it changes."""
    facts: str = text()
    facts_sha256: str = text()
    changes: str = text()
    """What differs, as its paper says it: canonical JSON."""
    reason: str = text()
    template: str = text()
    source_sha256: str = text()
    document_sha256: str = text()
    proposed_by: str = text()
    proposed_on: date = day()
    sent_sha256: str | None = text(default=None)
    signed_sha256: str | None = text(default=None)
    signed_by: str | None = text(default=None)
    signed_how: str = text(default="")
    effective_on: date | None = day(default=None)
    """Day on which it was brought into effect; work reported before is priced as agreed then."""
    status: str = text(default=AmendmentStatus.DRAFT.value, index=True)


class Termination(Row, table=True):
    """The end of a contract before its time: who asked for it, from when, and its notice."""

    __table_args__ = strict(
        lifecycle(TerminationStatus),
        UniqueConstraint("reference"),
        one_of("kind", ("notice", "breach", "licence_lost", "mutual")),
        once_where("uq_termination_one_open", ("contract_id",), "status <> 'rejected'"),
    )
    states: ClassVar[type[Status]] = TerminationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"document_sha256"})

    reference: str = text()
    contract_id: int = link("contract")
    kind: str = text()
    ends_on: date = day()
    """First day on which the contract no longer holds."""
    reason: str = text()
    handover: str = text()
    proposed_by: str = text()
    proposed_on: date = day()
    document_sha256: str = text()
    status: str = text(default=TerminationStatus.PROPOSED.value, index=True)
