"""Claim lines that name more than one piece of work."""

from sqlalchemy import CheckConstraint

from vendorops.tables.columns import Row, link, strict, whole


class LineCoverage(Row, table=True):
    """What a claim line covers, where it names no single piece of work; resolved at intake.

    Either a service sheet, or an order, or one line of an order in all its revisions.
    """

    __table_args__ = strict(
        CheckConstraint("(service_sheet_id IS NULL) <> (work_order_id IS NULL)", name="one"),
        CheckConstraint("number IS NULL OR work_order_id IS NOT NULL", name="line_of_an_order"),
    )

    invoice_line_id: int = link("invoiceline", unique=True)
    service_sheet_id: int | None = link("servicesheet", optional=True)
    work_order_id: int | None = link("workorder", optional=True)
    number: int | None = whole(default=None)
    """That of the line of the order."""
