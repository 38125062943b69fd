"""What an agreed term comes to for the months that are over, and what of it was entered."""

from collections import Counter

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.adjustments import Due, dues, number_of
from vendorops.domain.periods import DAY, Period
from vendorops.tables import AdjustmentLine, AgreedTerm, Contract
from vendorops.working.adjusting.agreed_facts import facts_of
from vendorops.working.adjusting.terms import successor
from vendorops.working.adjusting.volumes import accepted_volumes


def last_month_over(books: Books) -> str:
    """Return the last month that is over on the day of the books."""
    return Period.month_before(books.as_of).label


def due_of(books: Books, row: AgreedTerm, through: str) -> list[Due]:
    """Return what a term comes to for each month it holds for, until a month and with it."""
    contract = books.get(Contract, row.contract_id)
    facts = facts_of(row)
    after = successor(books, row)
    ends = min(after.valid_from if after else contract.ends_on, contract.ends_on) - DAY
    last = min(number_of(f"{ends:%Y-%m}"), number_of(through))
    over = range(number_of(f"{row.valid_from:%Y-%m}"), last + 1)
    if not over:
        return []
    volumes = accepted_volumes(books, contract, row.categories.split(), facts.measure)
    return dues(facts, volumes, over)


def entered(books: Books, row: AgreedTerm) -> Counter[str]:
    """Return what the lines of a term come to so far, by month."""
    query = select(AdjustmentLine).where(col(AdjustmentLine.agreed_term_id) == row.id)
    found: Counter[str] = Counter()
    for line in books.session.exec(query):
        found[line.month] += line.net_minor
    return found
