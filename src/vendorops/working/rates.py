"""Finds the rate card that bounds what a supplier's people may cost on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.dated import Dated, NotInForce
from vendorops.domain.lifecycle import RateCardStatus
from vendorops.domain.measure import price_text
from vendorops.domain.rate_cards import AboveCap, RateDisagrees, RateEntry, Rates, billed_e6
from vendorops.tables import Contract, OrderLine, RateCard, RateLine, WorkOrder

AGREED = (RateCardStatus.EFFECTIVE, RateCardStatus.SUPERSEDED)
_CARDS = (  # Written once: every order and every report of time asks it.
    select(RateCard)
    .where(
        col(RateCard.supplier_id) == bindparam("supplier"),
        col(RateCard.currency) == bindparam("currency"),
        col(RateCard.status).in_(AGREED),
    )
    .order_by(col(RateCard.id))
)


def cards_of(books: Books, supplier_id: int, currency: str) -> Dated[RateCard]:
    """Return the agreed cards of a supplier by their first days, superseded ones among them."""
    found = books.session.exec(_CARDS, params={"supplier": supplier_id, "currency": currency})
    return Dated("the rate card", {card.valid_from: card for card in found})


def rates_of(books: Books, card: RateCard) -> Rates:
    """Return the lines of a card as rates that can be looked up."""
    query = select(RateLine).where(col(RateLine.rate_card_id) == card.id)
    found = books.session.exec(query.order_by(col(RateLine.id)))
    names = tuple(RateEntry.__dataclass_fields__)
    return Rates(tuple(RateEntry(**{name: getattr(line, name) for name in names})
                       for line in found))  # fmt: skip


def rates_on(books: Books, order: WorkOrder, day: date) -> dict[str, RateEntry]:
    """Return what bounds each term of an order on a day; nothing where no card holds."""
    contract = books.get(Contract, order.contract_id)
    try:
        card = cards_of(books, contract.supplier_id, order.currency).on(day)
    except NotInForce:
        return {}
    return rates_of(books, card).on(day, order.role, order.site)


def refuse_above_card(
    books: Books, order: WorkOrder, lines: Iterable[OrderLine], since: date | None = None
) -> None:
    """Refuse lines above the cap of their rate, or whose pay and bill are not of each other.

    `since` is the day on which lines are used that began before it.
    """
    held: dict[date, dict[str, RateEntry]] = {}
    for line in lines:
        day = max(line.valid_from, since or line.valid_from)
        if day not in held:
            held[day] = rates_on(books, order, day)
        rates = held[day]
        if line.pay_e6 > line.price_e6:
            raise RateDisagrees(
                f"{order.reference} line {line.number}: the worker's pay of"
                f" {price_text(line.pay_e6)} is above the bill rate of"
                f" {price_text(line.price_e6)}; correct one of them"
            )
        if line.code in rates:
            _refuse_line(order, line, rates[line.code])


def _refuse_line(order: WorkOrder, line: OrderLine, rate: RateEntry) -> None:
    where = f"{order.reference} line {line.number} ({line.code})"
    if rate.cap_e6 and line.price_e6 > rate.cap_e6:
        raise AboveCap(
            f"{where}: {price_text(line.price_e6)} is above the cap of"
            f" {price_text(rate.cap_e6)} on the supplier's rate card; agree on less, or have"
            " another card approved first"
        )
    if line.pay_e6 and rate.pay_e6:
        due = billed_e6(line.pay_e6, rate.markup_e6, order.currency)
        if due != line.price_e6:
            raise RateDisagrees(
                f"{where}: pay {price_text(line.pay_e6)} with the card's mark-up of"
                f" {price_text(rate.markup_e6)} comes to {price_text(due)}, not to"
                f" {price_text(line.price_e6)}; correct one of them"
            )
