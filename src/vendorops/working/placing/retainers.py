"""The monthly retainer of a recruiter: for which months it is due, and how much of each."""

from datetime import date
from fractions import Fraction
from itertools import groupby

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.domain.money import Rounding, rounded
from vendorops.domain.periods import DAY, Period
from vendorops.tables import Contract, WorkItem
from vendorops.working.reporting import Reported

RETAINER = "retainer"
ONE_E4 = 10_000


def retainer_months(books: Books, contract: Contract) -> list[Period]:
    """Return the months up to that of the books for which a retainer is agreed and on no sheet."""
    query = select(col(WorkItem.performed_on)).where(
        col(WorkItem.contract_id) == contract.id, col(WorkItem.term) == RETAINER
    )
    known = {Period.month_of(day) for day in books.session.exec(query)}
    found, month = [], Period.month_of(contract.starts_on)
    while month <= books.month and month.start < contract.ends_on:
        if month not in known and retainer_lines(books, contract, month):
            found.append(month)
        month = Period.month_of(month.end)
    return found


def retainer_lines(books: Books, contract: Contract, month: Period) -> list[Reported]:
    """Return the retainer of a month: for part of a month, or of its price, by calendar days.

    Parts are rounded half up to ten-thousandths of a month, together to the whole they make.
    """
    days = [day for day, price in _priced(books, contract, month) if price]
    if not days:
        return []
    whole = (month.end - month.start).days
    lines, before, counted = [], 0, 0
    for _, same in groupby(_priced(books, contract, month), key=lambda each: each[1]):
        part = [day for day, price in same if price]
        counted += len(part)
        upto = rounded(Fraction(ONE_E4 * counted, whole), Rounding.HALF_UP)
        if part:
            said = f"月度服务费 Retainer {part[0]} to {part[-1]}"
            lines.append(Reported(RETAINER, said, part[0], upto - before))
        before = upto
    return lines


def _priced(books: Books, contract: Contract, month: Period) -> list[tuple[date, date | None]]:
    """Return each day the contract covers with the first day of its retainer's price, if any."""
    agreed = revisions(books, contract)
    day = max(month.start, contract.starts_on)
    found: list[tuple[date, date | None]] = []
    while day < min(month.end, contract.ends_on):
        rate = agreed.on(day).rates_on(day).get(RETAINER)
        found.append((day, rate.valid_from if rate and rate.value_e6 else None))
        day += DAY
    return found
