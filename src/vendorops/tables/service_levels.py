"""What was measured of the service levels of a contract, month by month."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import MeasurementStatus, ServiceMonthStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, once_where, strict, text, whole


class Measurement(Row, table=True):
    """How many cases of one level there were in a month, and how many of them were good."""

    __table_args__ = strict(
        lifecycle(MeasurementStatus),
        UniqueConstraint("reference"),
        CheckConstraint("good >= 0 AND good <= total", name="counts"),
        once_where(
            "uq_measurement_one_standing",
            ("contract_id", "level", "month"),
            "status <> 'reversed'",
        ),
    )
    states: ClassVar[type[Status]] = MeasurementStatus

    reference: str = text()
    contract_id: int = link("contract")
    level: str = text()
    """Code of a service level in the contract's facts."""
    month: str = text(index=True)
    good: int = whole()
    total: int = whole()
    evidence_sha256: str = text()
    """The report it was counted from."""
    reported_by: str = text()
    reported_on: date = day()
    replaces_id: int | None = link("measurement", optional=True)
    """The measurement it corrects."""
    status: str = text(default=MeasurementStatus.REPORTED.value, index=True)


class ServiceMonth(Row, table=True):
    """One closing of the measured levels of a contract's month, over fees accepted until then.

    Fees that are accepted later have a closing of their own; a correction reverses all closings.
    """

    __table_args__ = strict(
        lifecycle(ServiceMonthStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("contract_id", "month", "number"),
        CheckConstraint("number > 0 AND fees_minor >= 0 AND sheets >= 0", name="number"),
        once_where("uq_servicemonth_one_open", ("contract_id", "month"), "status = 'open'"),
    )
    states: ClassVar[type[Status]] = ServiceMonthStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"fees_minor", "sheets", "closed_on"})

    reference: str = text()
    contract_id: int = link("contract")
    month: str = text(index=True)
    number: int = whole()
    opened_on: date = day()
    fees_minor: int = whole(default=0)
    """Accepted fees of the month that no closing before has counted."""
    sheets: int = whole(default=0)
    """Accepted service sheets of the month that no closing before has counted."""
    closed_on: date | None = day(default=None)
    status: str = text(default=ServiceMonthStatus.OPEN.value, index=True)
