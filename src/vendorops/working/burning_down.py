"""How much of a budget is left: from what was agreed at first to what was paid, without tax."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import facts_of
from vendorops.domain.costing import weighed
from vendorops.domain.money import Money
from vendorops.tables import Contract, CostCentre, WorkOrder
from vendorops.working.budget_rows import LIVE, BudgetRows, read
from vendorops.working.cost_centres import splits
from vendorops.working.costs import Cost

FIGURES = ("original", "approved", "committed", "accepted", "invoiced", "settled", "paid")
"""Original: as first agreed; approved: as changed since; committed: what orders bind, and accepted
work beside them; settled: sealed; paid: sent to the bank, or covered by credits."""
SHARED_TODAY = FIGURES[:-2]
"""What cost centres bear by the shares of today; the rest by those of the day of the work."""


@dataclass(frozen=True)
class BurnDown:
    """The budget of a contract, an order or a cost centre, figure by figure."""

    reference: str
    kind: str
    """contract, order or cost_centre."""
    figures: dict[str, Money]
    """By FIGURES; the last two of an order are the parts of settlements laid to it."""

    @property
    def left(self) -> Money:
        """What may still be accepted."""
        return self.figures["approved"] - self.figures["accepted"]


def of_contract(books: Books, contract: Contract) -> BurnDown:
    """Return how far the cap of a contract is used."""
    return _contract(contract, read(books, contract.id))


def of_order(books: Books, order: WorkOrder) -> BurnDown:
    """Return how far the budget of an order is used."""
    return _order(order, read(books, order.contract_id))


def of_everything(books: Books) -> Iterator[BurnDown]:
    """Return the budgets of all contracts and of the orders under each, read once."""
    rows = read(books)
    for contract in rows.contracts:
        yield _contract(contract, rows)
        for order in rows.orders.get(contract.id, ()):
            yield _order(order, rows)


def of_centre(books: Books, centre: CostCentre) -> list[BurnDown]:
    """Return what a cost centre bears, a row for each currency.

    Budgets are shared as of today: of every order and, where a contract has none, of the contract.
    What was settled and paid is shared by the day of the work.
    """
    rows, shared = read(books), splits(books)
    sums: dict[str, Counter[str]] = {}
    for contract in rows.contracts:
        of_currency = sums.setdefault(contract.currency, Counter())
        for part, order in _parts(contract, rows):
            shares = shared.on(books.as_of, contract.id, order)
            if centre.code in [code for code, _ in shares]:
                at = [code for code, _ in shares].index(centre.code)
                for name in SHARED_TODAY:
                    portions = weighed(part.figures[name], [share for _, share in shares])
                    of_currency[name] += portions[at].minor
        mine = [cost for cost in rows.laid.get(contract.id, ()) if cost.centre == centre.code]
        of_currency.update(_spent(mine, rows))
    return [
        _told(centre.code, "cost_centre", figures, currency)
        for currency, figures in sorted(sums.items())
        if any(figures.values())
    ]


def _parts(contract: Contract, rows: BudgetRows) -> list[tuple[BurnDown, int | None]]:
    """Return what a contract's budget consists of: its orders, or itself where it has none."""
    orders = rows.orders.get(contract.id, ())
    return [(_order(order, rows), order.id) for order in orders] or [
        (_contract(contract, rows), None)
    ]


def _contract(contract: Contract, rows: BudgetRows) -> BurnDown:
    orders = rows.orders.get(contract.id, ())
    accepted = rows.accepted_under(contract.id)
    beside = rows.accepted[contract.id, None]
    figures = {
        "original": facts_of(contract.facts).cap_minor,
        "approved": contract.cap_minor,
        "committed": sum(_committed(order) for order in orders) + beside,
        "accepted": accepted,
        "invoiced": rows.invoiced[contract.id],
        **_spent(rows.laid.get(contract.id, ()), rows),
    }
    return _told(contract.reference, "contract", figures, contract.currency)


def _order(order: WorkOrder, rows: BudgetRows) -> BurnDown:
    laid = [cost for cost in rows.laid.get(order.contract_id, ()) if cost.order_id == order.id]
    figures = {
        "original": order.budget_minor - rows.changed[order.id],
        "approved": order.budget_minor,
        "committed": _committed(order),
        "accepted": rows.accepted[order.contract_id, order.id],
        "invoiced": rows.invoiced_of_order[order.id],
        **_spent(laid, rows),
    }
    return _told(order.reference, "order", figures, order.currency)


def _committed(order: WorkOrder) -> int:
    """Return what an order binds: its budget while it is live, later what was accepted."""
    return order.budget_minor if order.status in LIVE else order.accepted_minor


def _spent(laid: Sequence[Cost], rows: BudgetRows) -> dict[str, int]:
    return {
        "settled": sum(cost.net.minor for cost in laid),
        "paid": sum(cost.net.minor for cost in laid if cost.settlement.id in rows.paid),
    }


def _told(reference: str, kind: str, figures: dict[str, int], currency: str) -> BurnDown:
    told = {name: Money(figures.get(name, 0), currency) for name in FIGURES}
    return BurnDown(reference, kind, told)


def burn_down(books: Books, reference: str) -> list[BurnDown]:
    """Return the budget that people know by a reference: a contract with its orders, or less."""
    contract = books.session.exec(
        select(Contract).where(col(Contract.reference) == reference)
    ).one_or_none()
    if contract:
        rows = read(books, contract.id)
        orders = rows.orders.get(contract.id, ())
        return [_contract(contract, rows), *(_order(order, rows) for order in orders)]
    centre = books.session.exec(select(CostCentre).where(col(CostCentre.code) == reference))
    found = centre.one_or_none()
    if found:
        return of_centre(books, found)
    return [of_order(books, books.named(WorkOrder, reference))]
