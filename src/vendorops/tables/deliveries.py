"""What suppliers deliver under orders: on which terms, what, when, and how it is proved."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import DeliveryStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text, whole


class DeliveryTerm(Row, table=True):
    """How one line of an order is accepted, and what being late with it costs; never edited."""

    __table_args__ = strict(
        UniqueConstraint("work_order_id", "number"),
        CheckConstraint(
            "late_share_e6 >= 0 AND late_cap_e6 >= late_share_e6 AND late_cap_e6 <= 1000000",
            name="late",
        ),
        CheckConstraint("(late_share_e6 = 0) = (late_cap_e6 = 0)", name="late_both"),
        CheckConstraint("(grades = '') = (least_grade = '')", name="grades"),
    )
    witnessed: ClassVar[bool] = True

    work_order_id: int = link("workorder")
    number: int = whole()
    """That of the line, in all its revisions."""
    acceptance: str = text(default="")
    """By what it is accepted, in words."""
    grades: str = text(default="")
    """The scale, best first, between blanks; empty where it is accepted without a grade."""
    least_grade: str = text(default="")
    """The worst grade that is accepted."""
    late_share_e6: int = whole(default=0)
    """Share of what comes late that is taken off for each day."""
    late_cap_e6: int = whole(default=0)


class Delivery(Row, table=True):
    """What a supplier says it delivered of one line: a quantity, or an event that is done."""

    __table_args__ = strict(
        lifecycle(DeliveryStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("work_item_id"),
        CheckConstraint("quantity_e4 > 0", name="quantity"),
        CheckConstraint(
            "status IN ('submitted', 'withdrawn') OR work_item_id IS NOT NULL", name="on_a_sheet"
        ),
    )
    states: ClassVar[type[Status]] = DeliveryStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"work_item_id", "grade"})

    reference: str = text()
    work_order_id: int = link("workorder")
    order_line_id: int = link("orderline")
    contract_id: int = link("contract")
    month: str = text(index=True)
    delivered_on: date = day()
    description: str = text()
    quantity_e4: int = whole()
    rework_of_id: int | None = link("delivery", optional=True)
    """The delivery whose rejected quantity it makes good."""
    submitted_by: str = text()
    """Who reports it, and therefore may not accept it."""
    submitted_on: date = day()
    work_item_id: int | None = link("workitem", optional=True)
    """The work on a service sheet that it is accepted by."""
    grade: str = text(default="")
    status: str = text(default=DeliveryStatus.SUBMITTED.value, index=True)


class DeliveryEvidence(Row, table=True):
    """A file that proves a delivery, kept under its hash."""

    __table_args__ = strict(UniqueConstraint("delivery_id", "sha256"))
    witnessed: ClassVar[bool] = True

    delivery_id: int = link("delivery")
    sha256: str = text()
