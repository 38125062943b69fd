"""Tells whether the law would keep back something else than a settlement does."""

from datetime import date

from vendorops.books import Books
from vendorops.documents.statements import withholdings_of
from vendorops.domain.money import Money
from vendorops.paying.taxed_before import day_taxed_for
from vendorops.paying.withholding import Assessed, assess, assess_on
from vendorops.tables import Settlement, Withholding


def is_overtaken(books: Books, settlement: Settlement) -> bool:
    """Tell whether something else would be kept back if it were calculated today."""
    return _differs(withholdings_of(books, settlement), assess(books, settlement))


def other_law(books: Books, settlement: Settlement, day: date) -> str:
    """Return what stops a settlement from being paid on a day: the tax it keeps back is another's.

    Empty where month, amounts and the numbers they rest on are those of a payment on that day.
    """
    held = withholdings_of(books, settlement)
    again = assess_on(books, settlement, day)
    if not _differs(held, again):
        return ""
    difference, planned = _difference(held, again, day), day_taxed_for(books, settlement)
    if day < planned and not _differs(held, assess_on(books, settlement, planned)):
        return f"{difference}; pay it on {planned}, the day for which its tax is kept back"
    return (
        f"{difference}; it would have to be settled anew, which nobody can do "
        "yet with a sealed settlement: tell who keeps these books"
    )


def _differs(held: list[Withholding], again: list[Assessed]) -> bool:
    stored = [
        row.model_dump(exclude={"id", "settlement_id", "filing_id", "payment_id", "status"})
        for row in held
    ]
    return stored != sorted(
        (one.columns for one in again), key=lambda columns: str(columns["tax"])
    )


def _difference(held: list[Withholding], again: list[Assessed], day: date) -> str:
    months = sorted({row.month for row in held})
    if months and months != sorted({one.columns["month"] for one in again}):
        return f"keeps back the tax of {', '.join(months)} and would be paid on {day}"
    kept = sum(row.amount_minor for row in held)
    due = sum(one.columns["amount_minor"] for one in again)
    if kept == due:
        return f"keeps back tax by other numbers or rules than the law has for {day}"
    currency = held[0].currency if held else again[0].columns["currency"]
    return (
        f"keeps back {Money(kept, currency)}, and by the law of {day} it is {Money(due, currency)}"
    )
