"""What suppliers claim, and how each cent of it was explained."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import (
    InvoiceStatus,
    ReceivedFileStatus,
    ReconciliationStatus,
    Status,
)
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
from vendorops.tables.work import NO_OVERFLOW

STEPS = ("price", "quantity", "tax", "total")
"""What tolerances are agreed for."""


class ReceivedFile(Row, table=True):
    """A file a supplier sent, once per content, whatever became of it."""

    __table_args__ = strict(lifecycle(ReceivedFileStatus), UniqueConstraint("sha256"))
    states: ClassVar[type[Status]] = ReceivedFileStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"supplier_id"})

    reference: str = text(unique=True)
    sha256: str = text()
    name: str = text()
    """The name it came under, for people; never a path."""
    size: int = whole()
    received_on: date = day()
    supplier_id: int | None = link("supplier", optional=True)
    """Whose file it is, where the person who handed it in said so."""
    status: str = text(default=ReceivedFileStatus.RECEIVED.value, index=True)


class Invoice(Row, table=True):
    """A claim as received: invoice, credit note or statement; its figures are never edited.

    A credit note's figures are below zero, whatever its file's signs: it takes money back.
    """

    __table_args__ = strict(
        lifecycle(InvoiceStatus),
        one_of("kind", ("invoice", "credit_note", "statement")),
        UniqueConstraint("reference"),
        CheckConstraint("gross_minor = net_minor + tax_minor", name="gross"),
        once_where(
            "uq_invoice_once",
            (
                "supplier_id",
                "number_normalised",
            ),
            "status <> 'rejected'",
        ),
    )
    states: ClassVar[type[Status]] = InvoiceStatus

    reference: str = text()
    received_file_id: int = link("receivedfile", unique=True)
    supplier_id: int = link("supplier")
    contract_id: int = link("contract")
    kind: str = text()
    format: str = text()
    number: str = text()
    """BT-1, as the supplier wrote it."""
    number_normalised: str = text()
    """Upper case, letters and digits only, so that INV-001 and INV 001 are one."""
    issue_date: date = day()
    month: str = text(index=True)
    """The month whose reconciliation it belongs to."""
    currency: str = text()
    net_minor: int = whole()
    tax_minor: int = whole()
    gross_minor: int = whole()
    status: str = text(default=InvoiceStatus.ACKNOWLEDGED.value, index=True)


class InvoiceLine(Row, table=True):
    """One line of a claim, its reference resolved to a key at intake where it could be."""

    __table_args__ = strict(
        UniqueConstraint("invoice_id", "line"),
        CheckConstraint(NO_OVERFLOW, name="no_overflow"),
        CheckConstraint("tax_rate_e4 BETWEEN 0 AND 100000", name="tax_rate"),
    )

    invoice_id: int = link("invoice", led=True)
    line: int = whole()
    """Position in the file, counted from one."""
    number: str = text()
    """BT-126."""
    description: str = text()
    quantity_e4: int = whole()
    price_e6: int = whole()
    net_minor: int = whole()
    tax_category: str = text()
    tax_rate_e4: int = whole()
    tax_minor: int | None = whole(default=None)
    """The tax of the line alone, where its format states one (fapiao); EN 16931 has none."""
    work_reference: str = text()
    work_item_id: int | None = link("workitem", optional=True)


class InvoiceSource(Row, table=True):
    """An invoice that a credit note, red-letter invoice or correction names (EN 16931 BG-3).

    For each source: what is credited of it is no more than its gross. Rows of a credit note that
    was rejected stay, and count no more.
    """

    __table_args__ = strict(
        UniqueConstraint("invoice_id", "source_id"),
        CheckConstraint("credited_minor >= 0 AND invoice_id <> source_id", name="credited"),
    )
    witnessed: ClassVar[bool] = True

    invoice_id: int = link("invoice")
    source_id: int = link("invoice")
    number: str = text()
    """BT-25, as the supplier wrote it."""
    credited_minor: int = whole()
    """What of the source's gross is taken back; nothing by a correction that claims."""


class Tolerance(Row, table=True):
    """How far a claim may stray without a person; both limits hold.

    Of the rows that hold on a day, one of the supplier goes before one of all suppliers, and one
    of a category of work before one of all categories.
    """

    __table_args__ = strict(
        one_of("step", STEPS),
        UniqueConstraint("step", "program", "term", "supplier_id", "currency", "valid_from"),
        CheckConstraint("share_e6 >= 0 AND amount_minor >= 0", name="limits"),
    )
    witnessed: ClassVar[bool] = True

    step: str = text()
    """What is compared: `price` and `quantity` of a line, `tax` and `total` of a claim."""
    program: str = text()
    term: str = text(default="")
    """Category of the work, a term code of the program; empty: every category."""
    supplier_id: int | None = link("supplier", optional=True)
    """None: for every supplier of the program."""
    currency: str = text()
    share_e6: int = whole()
    amount_minor: int = whole()
    valid_from: date = day()
    cite: str = text()
    """Where it was agreed."""


class InputTax(Row, table=True):
    """How suppliers tax their work in claims to us: category and rate from a day of work on.

    Rows are chosen as those of `Tolerance` are; where none is on file, nothing is compared.
    """

    __table_args__ = strict(
        UniqueConstraint("place", "program", "term", "supplier_id", "valid_from"),
        CheckConstraint("rate_e4 BETWEEN 0 AND 100000", name="rate"),
    )
    witnessed: ClassVar[bool] = True

    place: str = text()
    program: str = text()
    term: str = text(default="")
    """A term code of the program; empty: every category of work."""
    supplier_id: int | None = link("supplier", optional=True)
    """None: for every supplier of the program in the place."""
    category: str = text()
    """BT-151 (UNCL 5305): S, Z, E, AE, O …"""
    rate_e4: int = whole()
    valid_from: date = day()
    cite: str = text()
    """The law, or the supplier's certificate, that says so."""


class Reconciliation(Row, table=True):
    """One supplier's month, explained line by line; sealed by the hash of what went in and out."""

    __table_args__ = strict(
        lifecycle(ReconciliationStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("supplier_id", "month", "version"),
    )
    states: ClassVar[type[Status]] = ReconciliationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"inputs_sha256", "result_sha256"})

    reference: str = text()
    supplier_id: int = link("supplier")
    month: str = text(index=True)
    version: int = whole(default=1)
    as_of: date = day()
    rules: str = text()
    """Name and version of the matching rules, and the tolerances used, as canonical JSON."""
    inputs_sha256: str = text()
    result_sha256: str = text(default="")
    status: str = text(default=ReconciliationStatus.OPEN.value, index=True)


class Allocation(Row, table=True):
    """The part of a claim line that accepted work stands for."""

    __table_args__ = strict(
        UniqueConstraint("reconciliation_id", "invoice_line_id", "work_item_id")
    )

    reconciliation_id: int = link("reconciliation", led=True)
    invoice_line_id: int = link("invoiceline")
    work_item_id: int = link("workitem", led=True)
    """Rows of a piece of work are found by the lines that name it."""
    quantity_e4: int = whole()
    amount_minor: int = whole()


class Difference(Row, table=True):
    """The part of a claim line that accepted work does not stand for, with its one reason.

    For each line of a reconciliation: sum(allocations) + sum(differences) = the line's net.
    """

    __table_args__ = strict(
        UniqueConstraint("reconciliation_id", "invoice_line_id", "reason"),
        one_of("treatment", ("tolerated", "disputed")),
    )

    reconciliation_id: int = link("reconciliation", led=True)
    invoice_line_id: int = link("invoiceline")
    reason: str = text()
    """A code of domain/matching.Reason."""
    amount_minor: int = whole()
    treatment: str = text()
    """`tolerated` is paid as claimed; `disputed` is not paid and waits for a person."""
