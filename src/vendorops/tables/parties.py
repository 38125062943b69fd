"""Who we work with, who decides, and what was proved about them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    BankAccountStatus,
    ComplianceDocumentStatus,
    QualificationStatus,
    Status,
    SupplierStatus,
)
from vendorops.tables.columns import (
    Row,
    day,
    instant,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)


class Party(Row, table=True):
    """A company or person that can be bound by a contract (UBL Party)."""

    __table_args__ = strict(
        one_of("kind", ("organization", "person")),
        UniqueConstraint("identifier_scheme", "identifier_index"),
    )

    kind: str = text()
    name: str = text()
    place: str = text()
    """Jurisdiction code: a folder of law/."""
    identifier_scheme: str = text()
    """A module of identifiers/, such as `cn_uscc`; the number itself lies in the vault."""
    identifier_masked: str = text()
    identifier_index: str = text()
    """Blind index of the number: equal numbers are found without being read."""
    address: str = text(default="")
    email: str = text(default="")


class LegalEntity(Row, table=True):
    """One of our own companies: the buyer of contracts and the payer of payments."""

    __table_args__ = strict(UniqueConstraint("code"))
    filled_later: ClassVar[frozenset[str]] = frozenset({"platform_since"})

    code: str = text()
    party_id: int = link("party", unique=True)
    currency: str = text()
    platform_since: date | None = day(default=None)
    """Day on which the tax office had its basic information as an internet platform; None where
    it is none: the payer's kind decides how tax is withheld."""


class Supplier(Row, table=True):
    """A party that works, or wants to work, for us (Fieldglass Supplier)."""

    __table_args__ = strict(lifecycle(SupplierStatus), UniqueConstraint("reference"))
    states: ClassVar[type[Status]] = SupplierStatus

    reference: str = text()
    party_id: int = link("party", unique=True)
    kind: str = text()
    """What it calls itself: rpo, bpo, staffing, freelancer, msp …"""
    status: str = text(default=SupplierStatus.REQUESTED.value, index=True)


class Qualification(Row, table=True):
    """A supplier's application for one program in one place, and what came of it."""

    __table_args__ = strict(
        lifecycle(QualificationStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("supplier_id", "program", "place"),
    )
    states: ClassVar[type[Status]] = QualificationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"legal_entity_id", "application_sha256", "asked_on", "proposal", "valid_to"}
        | {"signer", "name", "address", "email", "asked_anew_on"}
    )

    reference: str = text()
    supplier_id: int = link("supplier")
    legal_entity_id: int = link("legalentity")
    program: str = text()
    """A module of programs/."""
    place: str = text()
    application_sha256: str = text()
    """Of the application as handed in; the store keeps a copy with its numbers masked."""
    asked_on: date = day()
    proposal: str = text()
    """Canonical JSON of the commercial terms applied for: currency, start, end, cap, terms."""
    signer: str = text(index=True)
    """Who is to sign for the supplier; a person of the books once the case is approved."""
    name: str = text(default="")
    """As applied for; a known party keeps its own, and the difference is a doubt."""
    address: str = text(default="")
    """As applied for, like `email`: the party's own once the case is approved."""
    email: str = text(default="")
    asked_anew_on: date | None = day(default=None)
    """When the rhythm of its risk has it qualified anew, whatever documents are renewed."""
    valid_to: date | None = day(default=None)
    """First day on which it no longer holds: for the rhythm, or for a document award needs."""
    status: str = text(default=QualificationStatus.SUBMITTED.value, index=True)


class ComplianceDocument(Row, table=True):
    """A licence, insurance or proof a supplier holds (Wand compliance item)."""

    __table_args__ = strict(
        lifecycle(ComplianceDocumentStatus),
        UniqueConstraint("reference"),
        one_of("came_with", ("application", "renewal")),
        UniqueConstraint("supplier_id", "kind", "version"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
    )
    states: ClassVar[type[Status]] = ComplianceDocumentStatus

    reference: str = text()
    supplier_id: int = link("supplier")
    came_with: str = text(default="application")
    """`renewal`: handed in by itself, so verified by itself and not with a case."""
    handed_in_by: str = text()
    kind: str = text()
    version: int = whole(default=1)
    issuer: str = text()
    number_masked: str = text()
    number_indexes: str = text(default="{}")
    """Blind indexes of the number by the schemes it may be of: the party's, and of accounts."""
    valid_from: date = day()
    valid_to: date | None = day(default=None)
    """First day on which it no longer holds; none for open-ended ones."""
    figures: str = text(default="{}")
    """What it states beside its number, such as `{"registered_capital": "2000000"}`."""
    sha256: str = text()
    """The document as handed in, in the document store."""
    status: str = text(default=ComplianceDocumentStatus.RECEIVED.value, index=True)


class BankAccount(Row, table=True):
    """Where a party wants its money (EN 16931 BT-84); the number lies in the vault."""

    __table_args__ = strict(
        lifecycle(BankAccountStatus),
        CheckConstraint(
            "proposed_by <> verified_by AND proposed_by <> approved_by "
            "AND verified_by <> approved_by",
            name="three_people",
        ),
        CheckConstraint(
            "status NOT IN ('active', 'superseded') "
            "OR (verified_by IS NOT NULL AND approved_by IS NOT NULL)",
            name="active_was_verified",
        ),
        once_where(
            "uq_bankaccount_one_party",
            ("number_index",),
            "status IN ('verified', 'approved', 'active')",
        ),
        once_where(
            "uq_bankaccount_one_change",
            ("party_id",),
            "status IN ('proposed', 'verified', 'approved')",
        ),
    )
    states: ClassVar[type[Status]] = BankAccountStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"verified_by", "approved_by", "approved_on", "approved_at"}
        | {"active_from", "active_at", "first_paid_on"}
    )

    reference: str = text(unique=True)
    party_id: int = link("party")
    holder: str = text()
    scheme: str = text()
    bank: str = text()
    """BIC, or the clearing-system member id of a domestic bank."""
    currency: str = text()
    number_masked: str = text()
    number_index: str = text(index=True)
    proposed_by: str = text()
    entered_by: str = text(default="", sa_column_kwargs={"server_default": ""})
    """Who handed the proposal in: the proposer, or who typed it for him."""
    proposed_on: date | None = day(default=None)
    proposed_at: datetime | None = instant(default=None)
    """None for accounts that were entered before changes followed this protocol."""
    verified_by: str | None = text(default=None)
    approved_by: str | None = text(default=None)
    approved_on: date | None = day(default=None)
    approved_at: datetime | None = instant(default=None)
    """From here the cooling-off is counted: the later of the clock and the history's end."""
    active_from: date | None = day(default=None)
    active_at: datetime | None = instant(default=None)
    first_paid_on: date | None = day(default=None)
    """None until money went there once, let go by hand."""
    status: str = text(default=BankAccountStatus.PROPOSED.value, index=True)


class Person(Row, table=True):
    """Someone who decides: a handle, and the party he belongs to if he is an outsider."""

    __table_args__ = strict(UniqueConstraint("handle"))

    handle: str = text()
    party_id: int | None = link("party", optional=True)


class RoleGrant(Row, table=True):
    """What a person may decide, up to which amount, from when to when."""

    __table_args__ = strict(
        CheckConstraint("granted_by <> handle", name="not_to_oneself"),
        CheckConstraint("limit_minor >= 0", name="limit"),
        CheckConstraint("deputy <> handle", name="another_deputy"),
        UniqueConstraint("handle", "role", "valid_from"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"valid_to"})

    handle: str = text(foreign_key="person.handle", index=True)
    role: str = text()
    """buyer, approver, finance, releaser, tax, supplier …"""
    limit_minor: int | None = whole(default=None)
    """Largest amount, in minor units of `currency`; none means without limit."""
    currency: str = text(default="")
    valid_from: date = day()
    valid_to: date | None = day(default=None)
    deputy: str | None = text(default=None, foreign_key="person.handle")
    """Who answers in his place once a question has been escalated."""
    granted_by: str = text()
