"""What is known of payees beside their papers, and their tax depends on."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index

from vendorops.tables.columns import Row, day, link, strict, text


class TaxStanding(Row, table=True):
    """Something recorded of a payee from a day on, for the tax law of a place.

    The last word holds: a correction is another row of the same day, an end is one without value.
    """

    __table_args__ = strict(
        CheckConstraint("name <> '' AND source <> ''", name="told"),
        Index("ix_taxstanding_of", "party_id", "place", "valid_from"),
    )
    witnessed: ClassVar[bool] = True

    party_id: int = link("party")
    place: str = text()
    """Whose law asks: a folder of law/."""
    name: str = text()
    """What a rule there asks for, such as `tin`."""
    value: str = text(default="")
    valid_from: date = day()
    source: str = text()
    """What shows it, such as `IRS notice CP2100A of 2026-05-04`."""
    entered_by: str = text()
