"""What was agreed and what was done."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import ContractStatus, ServiceSheetStatus, Status
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

NO_OVERFLOW = "price_e6 = 0 OR abs(quantity_e4) <= 9223372036854775807 / abs(price_e6)"
"""Keeps quantity times price within 64 bits, where SQLite would silently turn to floats."""


class Contract(Row, table=True):
    """The agreement with one supplier for one program: the paper both parties see, kept whole.

    What is agreed is in `facts`; columns repeat what queries need of them. A later draft or an
    amendment sets them anew: the row of its version is what the history saw entered.
    """

    __table_args__ = strict(
        lifecycle(ContractStatus),
        UniqueConstraint("reference"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("committed_minor >= 0 AND committed_minor <= cap_minor", name="cap"),
        CheckConstraint(
            "status NOT IN ('signed', 'effective', 'expired', 'terminated') "
            "OR (signed_sha256 IS NOT NULL AND signed_by IS NOT NULL)",
            name="signed_what_was_sent",
        ),
        once_where("uq_contract_one_live", ("qualification_id",), "status <> 'rejected'"),
    )
    states: ClassVar[type[Status]] = ContractStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {
            *("committed_minor", "sent_sha256", "signed_sha256", "signed_by", "signed_how"),
            *("version", "facts", "facts_sha256", "template", "document_sha256"),
            *("currency", "starts_on", "ends_on", "cap_minor"),
        }
    )

    reference: str = text()
    qualification_id: int = link("qualification")
    supplier_id: int = link("supplier")
    legal_entity_id: int = link("legalentity")
    program: str = text()
    place: str = text()
    version: int = whole(default=1)
    """Number of the draft that these columns are of."""
    facts: str = text()
    """What was agreed, as canonical JSON; amendments have their own."""
    facts_sha256: str = text()
    currency: str = text()
    starts_on: date = day()
    ends_on: date = day()
    """First day no longer covered."""
    cap_minor: int = whole()
    committed_minor: int = whole(default=0)
    """What settlements have taken of the cap, net; raised by one conditional UPDATE."""
    template: str = text()
    document_sha256: str = text()
    """The PDF that people decide on."""
    sent_sha256: str | None = text(default=None)
    """That PDF with our own signature on it."""
    signed_sha256: str | None = text(default=None)
    """The file that both parties are bound by."""
    signed_by: str | None = text(default=None)
    signed_how: str = text(default="")
    """`portal`, `file` or `receipt`."""
    status: str = text(default=ContractStatus.DRAFT.value, index=True)


class ContractTerm(Row, table=True):
    """One price or share of a contract, from a day on; entries are added, never edited."""

    __table_args__ = strict(
        one_of("kind", ("price", "share")),
        UniqueConstraint("contract_id", "code", "valid_from"),
        CheckConstraint("value_e6 >= 0", name="value"),
    )
    witnessed: ClassVar[bool] = True

    contract_id: int = link("contract")
    code: str = text()
    """A term code of the program, such as `regular_hours`."""
    kind: str = text()
    unit: str = text()
    description: str = text()
    value_e6: int = whole()
    """Unit price in millionths of the major currency unit, or share in millionths."""
    valid_from: date = day()


class ServiceSheet(Row, table=True):
    """The work a supplier says it did under one contract in one month (Coupa service sheet)."""

    __table_args__ = strict(
        lifecycle(ServiceSheetStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("contract_id", "source_sha256"),
    )
    states: ClassVar[type[Status]] = ServiceSheetStatus

    reference: str = text()
    contract_id: int = link("contract")
    month: str = text()
    source_sha256: str = text()
    """The file as handed in."""
    submitted_by: str = text()
    submitted_on: date = day()
    status: str = text(default=ServiceSheetStatus.SUBMITTED.value, index=True)


class WorkItem(Row, table=True):
    """One piece of work: hours of a week, a milestone, a volume, a placement, a task."""

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("service_sheet_id", "line"),
        CheckConstraint("quantity_e4 > 0", name="quantity"),
        CheckConstraint("accepted_e4 >= 0 AND accepted_e4 <= quantity_e4", name="accepted"),
        CheckConstraint("accepted_e4 = 0 OR accepted_on IS NOT NULL", name="accepted_on_a_day"),
        CheckConstraint("claimed_e4 >= 0 AND claimed_e4 <= accepted_e4", name="claimed"),
        CheckConstraint(NO_OVERFLOW, name="no_overflow"),
    )

    reference: str = text()
    """What the supplier quotes on its invoice, such as WRK-2026-000123."""
    service_sheet_id: int = link("servicesheet")
    contract_id: int = link("contract")
    order_line_id: int | None = link("orderline", optional=True)
    """The line of an order whose price stands in the place of the contract's."""
    line: int = whole()
    term: str = text()
    description: str = text()
    performed_on: date = day()
    basis_minor: int = whole(default=0)
    """What a share is taken of, such as a first-year salary."""
    quantity_e4: int = whole()
    accepted_e4: int = whole(default=0)
    claimed_e4: int = whole(default=0)
    """How much of the accepted quantity has been allocated to claims."""
    price_e6: int = whole()
    """Unit price that follows from the contract on the day the work was done."""
    currency: str = text()
    accepted_on: date | None = day(default=None)
    """Business day of its acceptance; work of an earlier month accepted late is claimed later."""
    grade: str | None = text(default=None)
    """By which it was accepted, where it was accepted by one."""
