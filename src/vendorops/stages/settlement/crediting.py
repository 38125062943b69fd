"""Takes off a settlement what the supplier owes back: the oldest credit memos first."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import CreditMemoStatus, SettlementStatus
from vendorops.domain.money import Money, Rounding, rounded
from vendorops.paying.prompt_payment import TAKEN
from vendorops.tables import Contract, CreditMemo, Settlement, SettlementCredit

OPEN = (CreditMemoStatus.ISSUED, CreditMemoStatus.APPLIED)
UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


@dataclass(frozen=True)
class Taken:
    """The part of a memo that a settlement takes off, with the tax on it."""

    memo: CreditMemo
    net: Money
    tax: Money


@dataclass(frozen=True)
class Left:
    """A memo's net and tax, and what of them no settlement has taken; minor units."""

    net: int
    tax: int
    open_net: int
    open_tax: int


def credits_to_take(books: Books, contract: Contract, net: Money, tax: Money) -> list[Taken]:
    """Return what is taken off claims of so much: never more than they come to.

    A memo of which only a part fits is carried on. Its tax is taken in proportion, rounded half
    up, and the last part takes what is left of it. A discount for prompt payment is earned now or
    never: it is taken whole, or not at all.
    """
    found: list[Taken] = []
    for memo in _open(books, contract):
        if memo.borne_by == "returned":
            back = _returned(memo, _left(books, memo))
            found.append(back)
            net, tax = net - back.net, tax - back.tax
            continue
        part = part_of(_left(books, memo), net.minor, tax.minor)
        if part and not (memo.kind == TAKEN and part[0] < memo.net_minor):
            taken = [Money(minor, memo.currency) for minor in part]
            found.append(Taken(memo, *taken))
            net, tax = net - taken[0], tax - taken[1]
    return found


def part_of(left: Left, net: int, tax: int) -> tuple[int, int] | None:
    """Return how much of a memo, and of its tax, claims of so much have room for.

    None where they have no room, or not for the tax of its last part.

    >>> part_of(Left(300, 18, 300, 18), 100, 6)
    (100, 6)
    """
    part = min(left.open_net, net)
    share = rounded(Fraction(left.tax * part, left.net), Rounding.HALF_UP)
    share = min(left.open_tax if part == left.open_net else share, left.open_tax, tax)
    is_last_without_its_tax = part == left.open_net and share < left.open_tax
    return None if part <= 0 or is_last_without_its_tax else (part, share)


def _open(books: Books, contract: Contract) -> list[CreditMemo]:
    query = select(CreditMemo).where(
        col(CreditMemo.contract_id) == contract.id,
        col(CreditMemo.currency) == contract.currency,
        col(CreditMemo.status).in_(OPEN),
        col(CreditMemo.borne_by) != "client",
        col(CreditMemo.month) <= books.month.label,
    )
    return list(books.session.exec(query.order_by(col(CreditMemo.reference))))


def _returned(memo: CreditMemo, left: Left) -> Taken:
    """Return what is added of a memo: all that is open of it."""
    net, tax = (Money(-minor, memo.currency) for minor in (left.open_net, left.open_tax))
    return Taken(memo, net, tax)


def _left(books: Books, memo: CreditMemo) -> Left:
    """Return what of a memo no settlement has taken that was not rejected."""
    net, tax = books.session.exec(
        select(
            func.coalesce(func.sum(SettlementCredit.net_minor), 0),
            func.coalesce(func.sum(SettlementCredit.tax_minor), 0),
        )
        .join(Settlement, col(Settlement.id) == col(SettlementCredit.settlement_id))
        .where(
            col(SettlementCredit.credit_memo_id) == memo.id,
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    ).one()
    open_net, open_tax = memo.net_minor - abs(int(net)), memo.tax_minor - abs(int(tax))
    return Left(memo.net_minor, memo.tax_minor, open_net, open_tax)


def enter_credits(books: Books, settlement: Settlement, taken: list[Taken]) -> None:
    """Write down what a settlement takes off."""
    for each in taken:
        books.enter(
            SettlementCredit(
                id=books.key(),
                settlement_id=settlement.id,
                credit_memo_id=each.memo.id,
                net_minor=each.net.minor,
                tax_minor=each.tax.minor,
            )
        )


def apply_credits(books: Books, settlement: Settlement) -> None:
    """Run on what was taken of each memo, once its settlement is sealed."""
    query = (
        select(SettlementCredit, CreditMemo)
        .join(CreditMemo, col(CreditMemo.id) == col(SettlementCredit.credit_memo_id))
        .where(col(SettlementCredit.settlement_id) == settlement.id)
        .order_by(col(CreditMemo.reference))
    )
    for row, memo in books.session.exec(query).all():
        _take(books, memo, abs(row.net_minor))
        exhausted = memo.applied_minor == memo.net_minor
        after = CreditMemoStatus.EXHAUSTED if exhausted else CreditMemoStatus.APPLIED
        if memo.status != after:
            books.move(memo, after, because=f"taken off by {settlement.reference}")


def _take(books: Books, memo: CreditMemo, minor: int) -> None:
    running: ColumnElement[int] = col(CreditMemo.applied_minor) + minor
    books.session.execute(
        update(CreditMemo)
        .where(col(CreditMemo.id) == memo.id)
        .values(applied_minor=running)
        .execution_options(synchronize_session=False)
    )
    books.session.refresh(memo)
