"""Enters the lines of an agreed term: what accepted work makes due, less what was entered."""

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.adjustments import AdjustmentFacts, Due, label_of
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import AdjustmentLine, AgreedTerm, Contract
from vendorops.working.adjusting import (
    accepted_sheets,
    due_of,
    entered,
    facts_of,
    last_month_over,
    undecided_months,
)
from vendorops.working.crediting import Credit, raise_credit

FIRST = {"volume": "volume_discount", "rebate": "rebate", "program_fee": "program_fee"}
LATER = {
    "volume": "volume_correction",
    "rebate": "rebate_correction",
    "program_fee": "program_fee_correction",
}


def close(books: Books, row: AgreedTerm) -> Step:
    """Enter a line for each month of which more is due than was entered.

    A month of which work waits to be accepted is left until somebody has decided.
    """
    contract, through = books.get(Contract, row.contract_id), last_month_over(books)
    waiting, before = undecided_months(books, contract), entered(books, row)
    facts, left_out = facts_of(row), False
    for due in due_of(books, row, through):
        first = due.month - (facts.months - 1 if facts.kind == "rebate" else 0)
        if waiting & {*range(first, due.month + 1)}:
            left_out = True
        elif due.minor > before[label_of(due.month)]:
            _enter(books, row, due, before[label_of(due.month)])
    if left_out:
        return Step.WAITING
    row.closed_through = max(row.closed_through, through)
    row.counted_sheets = accepted_sheets(books, contract)
    books.session.flush()
    return Step.DONE


def _enter(books: Books, row: AgreedTerm, due: Due, before: int) -> None:
    month = label_of(due.month)
    count = select(func.count()).where(
        col(AdjustmentLine.agreed_term_id) == row.id, col(AdjustmentLine.month) == month
    )
    number = books.session.exec(count).one() + 1
    line = AdjustmentLine(
        id=books.key(),
        reference=books.reference("ADJ"),
        agreed_term_id=row.id,
        month=month,
        number=number,
        reason=(LATER if number > 1 else FIRST)[row.kind],
        base_minor=due.base.amount_minor,
        reached=due.reached,
        due_minor=due.minor,
        net_minor=due.minor - before,
    )
    books.enter(line)
    _raise(books, row, line, due)


def _raise(books: Books, row: AgreedTerm, line: AdjustmentLine, due: Due) -> None:
    contract = books.get(Contract, row.contract_id)
    facts = facts_of(row)
    net = Money(line.net_minor, contract.currency)
    less = f", less {Money(line.due_minor, contract.currency) - net} entered before"
    credit = Credit(
        kind=line.reason,
        month=max(line.month, books.month.label),
        source=line,
        net=net,
        sentence=(
            f"{_share(due)} of {Money(line.base_minor, contract.currency)} accepted in"
            f" {_stretch(facts, line.month)}, by {row.reference} ({row.cite})"
            f"{less if line.number > 1 else ''}"
        ),
        basis=_basis(row, due, contract.currency),
        raised_by=row.proposed_by,
        borne_by=facts.borne_by,
    )
    raise_credit(books, contract, credit)


def _share(due: Due) -> str:
    """Return a share as percent, to four places at most."""
    whole, rest = divmod(round(due.share * 10**6), 10**4)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + " %"


def _stretch(facts: AdjustmentFacts, month: str) -> str:
    return f"{facts.months} months until {month}" if facts.kind == "rebate" else month


def _basis(row: AgreedTerm, due: Due, currency: str) -> dict[str, object]:
    facts = facts_of(row)
    by_quantity = facts.measure == "quantity"
    return {
        "term": row.reference,
        "accepted": repr(Money(due.base.amount_minor, currency)),
        "window_months": facts.months,
        "reached": quantity_text(due.reached)
        if by_quantity
        else str(Money(due.reached, currency)),
        "manner": facts.manner,
        "steps": [[step.from_value, price_text(step.share_e6)] for step in facts.steps],
        "share": str(due.share),
        "rounding": "half up, once",
    }
