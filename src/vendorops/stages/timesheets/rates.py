"""Which time would cost more than its supplier's rate card lets it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.dated import Dated, NotInForce
from vendorops.domain.measure import price_text
from vendorops.domain.rate_cards import Rates
from vendorops.stages.timesheets.orders import Order, pieces
from vendorops.tables import OrderLine, RateCard
from vendorops.working.rates import cards_of, rates_of


@dataclass
class Caps:
    """The rate cards of the suppliers of some orders, and the prices of the orders."""

    books: Books
    bound: set[tuple[int, str]] = field(default_factory=set)
    """Suppliers and currencies that have a card."""
    prices: dict[tuple[int, str], list[OrderLine]] = field(default_factory=dict)
    """Lines of an order by code, oldest first."""
    cards: dict[tuple[int, str], Dated[RateCard]] = field(default_factory=dict)
    read: dict[int, Rates] = field(default_factory=dict)

    def reason(self, order: Order, kind: str, day: date) -> str:
        """Return why time of a kind costs too much on a day; nothing where it does not."""
        if not self.bound or (order.supplier_id, order.currency) not in self.bound:
            return ""
        lines = [line for line in self.prices.get((order.id, kind), ()) if line.valid_from <= day]
        return self.above(order, kind, day, lines[-1].price_e6) if lines else ""

    def above(self, order: Order, kind: str, day: date, price_e6: int) -> str:
        """Return why a price is above what the card of the day lets a kind of time cost."""
        whose = (order.supplier_id, order.currency)
        if whose not in self.cards:
            self.cards[whose] = cards_of(self.books, *whose)
        try:
            card = self.cards[whose].on(day)
        except NotInForce:
            return ""
        if card.id not in self.read:
            self.read[card.id] = rates_of(self.books, card)
        rate = self.read[card.id].on(day, order.role, order.site).get(kind)
        if rate is None or not rate.cap_e6 or price_e6 <= rate.cap_e6:
            return ""
        return (
            f"{order.reference} prices {kind} at {price_text(price_e6)} on {day}, above the cap of"
            f" {price_text(rate.cap_e6)} of {card.reference}; have the order re-rated first"
        )


def caps_of(books: Books, orders: Iterable[Order]) -> Caps:
    """Return what bounds the time of some orders."""
    wanted = {order.id: order for order in orders}
    query = select(RateCard.supplier_id, RateCard.currency).distinct()
    cards = {(supplier, currency) for supplier, currency in books.session.exec(query)}
    bound = {(order.supplier_id, order.currency) for order in wanted.values()} & cards
    priced = [o.id for o in wanted.values() if (o.supplier_id, o.currency) in bound]
    prices: dict[tuple[int, str], list[OrderLine]] = defaultdict(list)
    for some in pieces(sorted(priced)):
        lines = select(OrderLine).where(col(OrderLine.work_order_id).in_(some))
        order_by = (col(OrderLine.valid_from), col(OrderLine.revision), col(OrderLine.number))
        for line in books.session.exec(lines.order_by(*order_by)):
            prices[line.work_order_id, line.code].append(line)
    return Caps(books, bound, prices)
