"""Returns to tax offices: versions, what each declares, and what was recorded once it had left."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.domain.lifecycle import FilingStatus, Status
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

OF_WHAT = ("legal_entity_id", "form", "month")
OF_WHOM = ("legal_entity_id", "place")
"""Who hands a return in, and at whose office: each office counts its receipts by itself."""
UNDERWAY = "status IN ('prepared', 'checked', 'approved', 'written')"
IN_FORCE = "status IN ('submitted', 'accepted')"
EARLY = "('prepared', 'checked', 'rejected', 'superseded')"
"""States in which nobody need have approved a version."""


class Filing(Row, table=True):
    """One version of a return for one place and period, with the file that is handed in."""

    __table_args__ = strict(
        lifecycle(FilingStatus),
        UniqueConstraint("reference"),
        UniqueConstraint(*OF_WHAT, "version"),
        once_where("uq_filing_one_underway", OF_WHAT, UNDERWAY),
        once_where("uq_filing_one_in_force", OF_WHAT, IN_FORCE),
        CheckConstraint("total_minor >= 0 AND rows >= 0", name="not_negative"),
        CheckConstraint(
            "approved_by IS NULL OR (checked_by IS NOT NULL AND approved_by <> prepared_by "
            "AND approved_by <> checked_by)",
            name="another_person",
        ),
        CheckConstraint(f"status IN {EARLY} OR approved_by IS NOT NULL", name="approved"),
    )
    states: ClassVar[type[Status]] = FilingStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"currency", "rows", "total_minor", "file_sha256", "checked_by", "approved_by"}
    )

    reference: str = text()
    legal_entity_id: int = link("legalentity")
    place: str = text()
    form: str = text()
    month: str = text(index=True)
    """The last month of the period it is about."""
    version: int = whole(default=1)
    amends_id: int | None = link("filing", optional=True)
    """The version that was in force when it was prepared, whose place it takes when handed in."""
    due_on: date = day()
    prepared_on: date = day()
    currency: str = text()
    rows: int = whole()
    total_minor: int = whole()
    file_sha256: str = text()
    prepared_by: str = text()
    checked_by: str | None = text(default=None)
    approved_by: str | None = text(default=None)
    status: str = text(default=FilingStatus.PREPARED.value, index=True)


class FilingLine(Row, table=True):
    """One withholding that a version declares; never edited, so old versions stay explained."""

    __table_args__ = strict(UniqueConstraint("filing_id", "withholding_id"))

    filing_id: int = link("filing", led=True)
    withholding_id: int = link("withholding")


class FilingSheet(Row, table=True):
    """A file that the office wants beside a version's own form, fixed when it was prepared."""

    __table_args__ = strict(UniqueConstraint("filing_id", "layout"))
    witnessed: ClassVar[bool] = True

    filing_id: int = link("filing", led=True)
    layout: str = text()
    """A file of filing_layouts/, or the name of a file under a template of the office."""
    suffix: str = text()
    sha256: str = text()
    template_sha256: str | None = text(default=None)
    """The template under which it was written, in the document store."""


class OfficeTemplate(Row, table=True):
    """A template that an office publishes for a form and year, as a person downloaded it.

    The last one given for a year holds; earlier ones stay, for the files written under them.
    """

    __table_args__ = strict(Index("ix_officetemplate_of", "form", "year"))
    witnessed: ClassVar[bool] = True

    form: str = text()
    year: int = whole()
    """The calendar year that is declared under it."""
    sha256: str = text()
    source: str = text()
    """Where it was taken from, and when."""
    entered_by: str = text()


class InformationReturn(Row, table=True):
    """What a version tells the office of one payee, on a statement of its own; never edited."""

    __table_args__ = strict(
        UniqueConstraint("filing_id", "supplier_id"),
        one_of("says", ("original", "corrected", "withdrawn", "unchanged")),
        CheckConstraint("paid_minor >= 0 AND withheld_minor >= 0", name="not_negative"),
        CheckConstraint(
            "says <> 'withdrawn' OR (paid_minor = 0 AND withheld_minor = 0)", name="withdrawn"
        ),
    )
    witnessed: ClassVar[bool] = True

    filing_id: int = link("filing", led=True)
    supplier_id: int = link("supplier")
    says: str = text()
    """Against the version that it amends; all are original in one that amends none."""
    paid_minor: int = whole()
    withheld_minor: int = whole()
    content_sha256: str = text()
    """Of everything told of the payee; of the number its blind index."""


class FilingReceipt(Row, table=True):
    """What was recorded of a version once it had left the house; never edited."""

    __table_args__ = strict(
        UniqueConstraint("filing_id", "event"),
        one_of("event", ("submitted", "accepted", "rejected")),
        once_where("uq_filingreceipt_number", (*OF_WHOM, "number"), "event = 'submitted'"),
        CheckConstraint("event <> 'submitted' OR length(number) > 0", name="number"),
    )
    witnessed: ClassVar[bool] = True

    filing_id: int = link("filing", led=True)
    legal_entity_id: int = link("legalentity", led=True)
    place: str = text()
    event: str = text()
    number: str = text()
    """Of the receipt, as the office gave it: of one return of a company in one place."""
    on_day: date = day()
    """When it was handed in, or the office said so."""
    words: str = text()
    recorded_by: str = text()
    sha256: str | None = text(default=None)
    """The paper or screen that shows it, in the document store."""


class TaxOffice(Row, table=True):
    """Whom one of our companies pays withheld tax over to, in one place; never edited."""

    __table_args__ = strict(
        UniqueConstraint("reference"), UniqueConstraint("legal_entity_id", "place")
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    legal_entity_id: int = link("legalentity", led=True)
    place: str = text()
    party_id: int = link("party")
