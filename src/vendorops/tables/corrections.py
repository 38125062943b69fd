"""References of claims that people set right; the claim itself stays as its file has it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint

from vendorops.tables.columns import Row, day, link, strict, text


class ReferenceCorrection(Row, table=True):
    """The work that a claim line means, as a person confirmed; matched so from then on."""

    __table_args__ = strict(UniqueConstraint("invoice_line_id"))
    witnessed: ClassVar[bool] = True

    invoice_line_id: int = link("invoiceline")
    work_item_id: int = link("workitem")
    decision_id: int = link("decision")
    """The answer that chose it."""
    corrected_by: str = text()
    reason: str = text()
    corrected_on: date = day()
