"""Finds one settlement of each kind of payee in a run: of those whose tax rests on the same."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.tables import RowBlock, Settlement, Withholding


def first_of_each_kind(books: Books, settlements: RowBlock) -> Iterator[Settlement]:
    """Yield the first settlement of each kind of payee of a block.

    There are few kinds, so one is asked for after the other; grouping sorts all the citations.
    """
    settlement, citations = col(Withholding.settlement_id), col(Withholding.citations)
    last = settlements.first_id + settlements.count - 1
    query = select(Withholding.settlement_id, Withholding.citations)
    query = query.where(settlement.between(settlements.first_id, last))
    query = query.order_by(settlement).limit(1)
    seen: list[str] = []
    while found := books.session.exec(query.where(citations.not_in(seen))).first():
        ident, said = found
        yield books.get(Settlement, ident)
        seen.append(said)
