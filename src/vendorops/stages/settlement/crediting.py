"""Takes off a settlement what the supplier owes back: the oldest credit memos first."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import CreditMemoStatus, SettlementStatus
from vendorops.domain.money import Money, Rounding, rounded
from vendorops.tables import Contract, CreditMemo, Settlement, SettlementCredit

OPEN = (CreditMemoStatus.ISSUED, CreditMemoStatus.APPLIED)
UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


@dataclass(frozen=True)
class Taken:
    """The part of a memo that a settlement takes off, with the tax on it."""

    memo: CreditMemo
    net: Money
    tax: Money


def credits_to_take(books: Books, contract: Contract, net: Money, tax: Money) -> list[Taken]:
    """Return what is taken off claims of so much: never more than they come to.

    A memo of which only a part fits is carried on. Its tax is taken in proportion, rounded half
    up, and the last part takes what is left of it.
    """
    found: list[Taken] = []
    for memo in _open(books, contract):
        left_net, left_tax = _left(books, memo)
        part = min(left_net, net.minor)
        share = left_tax if part == left_net else _share(memo.tax_minor, part, memo.net_minor)
        share = min(share, left_tax, tax.minor)
        if part > 0 and (part < left_net or share == left_tax):
            found.append(Taken(memo, Money(part, memo.currency), Money(share, memo.currency)))
            net, tax = net - found[-1].net, tax - found[-1].tax
    return found


def _open(books: Books, contract: Contract) -> list[CreditMemo]:
    query = select(CreditMemo).where(
        col(CreditMemo.contract_id) == contract.id,
        col(CreditMemo.currency) == contract.currency,
        col(CreditMemo.status).in_(OPEN),
        col(CreditMemo.month) <= books.month.label,
    )
    return list(books.session.exec(query.order_by(col(CreditMemo.reference))))


def _left(books: Books, memo: CreditMemo) -> tuple[int, int]:
    """Return what of a memo no settlement has taken that was not rejected: net and tax."""
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
    return memo.net_minor - int(net), memo.tax_minor - int(tax)


def _share(tax: int, part: int, whole: int) -> int:
    return rounded(Fraction(tax * part, whole), Rounding.HALF_UP)


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
        _take(books, memo, row.net_minor)
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
