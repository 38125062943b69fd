"""Prices work: by the line of the order it was done under, else by the contract of the day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.domain.program import Performed, Program
from vendorops.programs import program
from vendorops.tables import Contract, OrderLine


@dataclass(frozen=True)
class Agreement:
    """What a contract, and orders under it, say that bears on the price of one sheet's work."""

    contract: Contract
    program: Program
    facts: Dated[ContractFacts]
    quantities: Mapping[str, int]
    """How much of each code stands on the sheet: it chooses tiers."""
    lines: Mapping[int, OrderLine]
    """The order lines that the sheet names, by their keys."""

    def values(self, day: date, order_line_id: int | None = None) -> dict[str, int]:
        """Return the values in force on a day; terms that start later are not among them.

        The price of an order's line stands in the place of the contract's for its code, so that
        what follows from it by a multiple follows from the order's.
        """
        agreed = self.facts.on(day).values(day, self.quantities)
        line = self.lines[order_line_id] if order_line_id else None
        return agreed | {line.code: line.price_e6} if line else agreed

    def price(self, work: Performed, day: date, order_line_id: int | None = None) -> int:
        """Return the unit price in millionths; refused where nothing is agreed for the term."""
        self.program.term(work.term)
        return self.program.price(work, self.values(day, order_line_id), self.contract.currency)


def agreement(
    books: Books,
    contract: Contract,
    work: Iterable[tuple[str, int, int | None]],
    known_on: date | None = None,
) -> Agreement:
    """Return what prices some work, given as term, quantity in ten-thousandths and order line.

    `known_on` leaves out amendments that came into effect after that day.
    """
    quantities: defaultdict[str, int] = defaultdict(int)
    wanted = set()
    for term, quantity, line in work:
        quantities[term] += quantity
        wanted.add(line)
    return Agreement(
        contract,
        program(contract.program),
        revisions(books, contract, known_on),
        quantities,
        _lines(books, wanted - {None}),
    )


def _lines(books: Books, wanted: Iterable[int | None]) -> dict[int, OrderLine]:
    idents = sorted(ident for ident in wanted if ident)
    if not idents:
        return {}
    query = select(OrderLine).where(col(OrderLine.id).in_(idents))
    return {line.id: line for line in books.session.exec(query)}
