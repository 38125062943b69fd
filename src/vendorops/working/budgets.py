"""Takes accepted work off the budget of its order: never more than the order may cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import OrderLine, WorkItem, WorkOrder

_TAKEN = col(WorkOrder.accepted_minor) + bindparam("more")
_TAKE = (  # Written once: every sheet of many people takes of as many orders.
    update(WorkOrder)
    .where(col(WorkOrder.id) == bindparam("ident"), col(WorkOrder.budget_minor) >= _TAKEN)
    .values(accepted_minor=_TAKEN)
    .returning(col(WorkOrder.accepted_minor))
)


class BudgetExceeded(Refused):
    """Accepted work would come to more than the budget of its order."""


def take(books: Books, order: WorkOrder, minor: int) -> None:
    """Take an amount without tax off a budget in one statement, so that no two both fit in.

    Minor units of the order's currency, none below zero. Raises BudgetExceeded where less is left.
    """
    if minor < 0:
        raise BudgetExceeded(
            f"{order.reference}: what was accepted is not given back; have it credited"
        )
    books.session.flush()
    wanted = {"ident": order.id, "more": minor}
    taken = books.session.connection().execute(_TAKE, wanted).scalar_one_or_none()
    if taken is None:
        books.session.refresh(order)
        raise _exceeded(order, minor)
    set_committed_value(order, "accepted_minor", taken)


def take_for(books: Books, items: Sequence[WorkItem], accepted: Mapping[str, int]) -> None:
    """Take what is accepted of some work off the budgets of its orders, all of it or nothing.

    `accepted` gives ten-thousandths by work reference. Orders are taken in the order of their
    keys, so that two who take of the same ones never wait for each other in a circle.
    """
    for order, minor in _amounts(books, items, accepted):
        take(books, order, minor)


def refuse_unaffordable(
    books: Books, items: Sequence[WorkItem], accepted: Mapping[str, int]
) -> None:
    """Refuse quantities that come to more than the budget of an order has left."""
    for order, minor in _amounts(books, items, accepted):
        if order.accepted_minor + minor > order.budget_minor:
            raise _exceeded(order, minor)


def _amounts(
    books: Books, items: Sequence[WorkItem], accepted: Mapping[str, int]
) -> list[tuple[WorkOrder, int]]:
    """Return what is accepted under each order, each line rounded as it is on its invoice."""
    lines = {item.order_line_id for item in items if item.order_line_id}
    if not lines:
        return []
    query = select(OrderLine.id, OrderLine.work_order_id).where(col(OrderLine.id).in_(lines))
    order_of = dict(books.session.exec(query).all())
    sums: defaultdict[int, int] = defaultdict(int)
    for item in items:
        if item.order_line_id:
            amount = extended(accepted[item.reference], item.price_e6, item.currency)
            sums[order_of[item.order_line_id]] += amount.minor
    orders = select(WorkOrder).where(col(WorkOrder.id).in_(sums)).order_by(col(WorkOrder.id))
    return [(order, sums[order.id]) for order in books.session.exec(orders)]


def _exceeded(order: WorkOrder, minor: int) -> BudgetExceeded:
    budget, left = (
        Money(amount, order.currency)
        for amount in (order.budget_minor, order.budget_minor - order.accepted_minor)
    )
    return BudgetExceeded(
        f"{order.reference}: {Money(minor, order.currency)} does not fit, {left} is left of its"
        f" budget of {budget}; accept less, or have the order changed first"
    )
