"""What no claim brings: the credit memos of a contract's month, and what was taken off of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.notices.reasons import CREDITS
from vendorops.documents.statements import credits_of
from vendorops.domain.lifecycle import CreditMemoStatus
from vendorops.tables import Contract, CreditMemo, Settlement


@dataclass(frozen=True)
class Adjusted:
    """A credit memo, and what of it the settlements of the month take off."""

    memo: CreditMemo
    net_minor: int
    tax_minor: int

    @property
    def kind(self) -> str:
        """Why, as reports call it."""
        return self.memo.kind if self.memo.kind in CREDITS else "credits"


def adjusted(
    books: Books, contract: Contract, settlements: Sequence[Settlement]
) -> tuple[Adjusted, ...]:
    """Return the memos of the month of the books, and those that its settlements take off."""
    query = select(CreditMemo).where(
        col(CreditMemo.contract_id) == contract.id,
        col(CreditMemo.month) == books.month.label,
        col(CreditMemo.status) != CreditMemoStatus.CANCELLED,
    )
    memos = {memo.id: memo for memo in books.session.exec(query)}
    net: Counter[int] = Counter()
    tax: Counter[int] = Counter()
    for settlement in settlements:
        for memo, part in credits_of(books, settlement):
            memos[memo.id] = memo
            net[memo.id] += part.net_minor
            tax[memo.id] += part.tax_minor
    rows = sorted(memos.values(), key=lambda memo: memo.reference)
    return tuple(Adjusted(memo, net[memo.id], tax[memo.id]) for memo in rows)
