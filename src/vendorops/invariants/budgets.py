"""Budgets and costs: what must be true of what may be spent, and of who bears it."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import text

from vendorops.books import Books
from vendorops.domain.currencies import EXPONENTS
from vendorops.invariants._rule import Invariant
from vendorops.working.burning_down import FIGURES, of_everything
from vendorops.working.costs import costs

SCALE = 10
"""Decimals of a quantity times a price."""
_CASES = " ".join(
    f"WHEN '{currency}' THEN {10 ** (SCALE - places)}"
    for currency, places in sorted(EXPONENTS.items())
    if places != 2  # noqa: PLR2004 - most currencies have two decimals.
)
_DIVISOR = f"(CASE i.currency {_CASES} ELSE {10 ** (SCALE - 2)} END)"
_PRODUCT = "(i.accepted_e4 * i.price_e6)"
AMOUNT = (
    f"({_PRODUCT} / {_DIVISOR}"
    f" + CASE WHEN {_PRODUCT} % {_DIVISOR} >= {_DIVISOR} / 2 THEN 1 ELSE 0 END)"
)
"""What of a work item `i` was accepted, rounded half up to the minor unit, without a float."""

SETTLED = """(
    (SELECT coalesce(sum(n.net_minor), 0) FROM settlementline n WHERE n.settlement_id = s.id)
    - (SELECT coalesce(sum(k.net_minor), 0) FROM settlementcredit k WHERE k.settlement_id = s.id))
"""
"""The lines of a settlement `s` less the credits it takes off; that this is its net, M10 tells."""

CONTRACT_SUMS = f"""
WITH sealed AS (
    SELECT s.contract_id, {SETTLED} AS net,
        CASE WHEN s.payable_minor = 0 OR EXISTS (
            SELECT 1 FROM payment p WHERE p.settlement_id = s.id
            AND p.status IN ('sent', 'accepted_by_bank', 'settled')) THEN 1 ELSE 0 END AS paid
    FROM settlement s WHERE s.status = 'sealed'),
settled AS (
    SELECT contract_id, sum(net) AS net, sum(net * paid) AS paid FROM sealed GROUP BY contract_id)
SELECT c.reference, c.cap_minor,
    (SELECT coalesce(sum({AMOUNT}), 0) FROM workitem i WHERE i.contract_id = c.id),
    (SELECT coalesce(sum(v.net_minor), 0) FROM invoice v
        WHERE v.contract_id = c.id AND v.status <> 'rejected'),
    coalesce(t.net, 0), coalesce(t.paid, 0)
FROM contract c LEFT JOIN settled t ON t.contract_id = c.id
"""  # noqa: S608 - built from constants.
"""Settlements are added up for all contracts at once: asked for each, SQLite walks through all
that are sealed again and again."""
ORDER_SUMS = f"""
SELECT o.reference, o.budget_minor - (SELECT coalesce(sum(r.delta_minor), 0) FROM orderrevision r
        WHERE r.work_order_id = o.id AND r.status = 'applied'), o.budget_minor,
    (SELECT coalesce(sum({AMOUNT}), 0) FROM workitem i
        JOIN orderline l ON l.id = i.order_line_id WHERE l.work_order_id = o.id),
    (SELECT coalesce(sum(n.net_minor), 0) FROM invoiceline n JOIN invoice v ON v.id = n.invoice_id
        JOIN workitem i ON i.id = n.work_item_id JOIN orderline l ON l.id = i.order_line_id
        WHERE l.work_order_id = o.id AND v.status <> 'rejected')
FROM workorder o
"""  # noqa: S608 - built from constants.
CONTRACT_FIGURES = ("approved", "accepted", "invoiced", "settled", "paid")
ORDER_FIGURES = ("original", "approved", "accepted", "invoiced")


def unequal_figures(books: Books) -> Iterable[str]:
    """Name contracts and orders of which a figure is not what the database sums up by itself."""
    sums = {"contract": _sums(books, CONTRACT_SUMS), "order": _sums(books, ORDER_SUMS)}
    for told in of_everything(books):
        names = CONTRACT_FIGURES if told.kind == "contract" else ORDER_FIGURES
        for name, minor in zip(names, sums[told.kind][told.reference], strict=True):
            if told.figures[name].minor != minor:
                yield f"{told.reference} {name}"


def _sums(books: Books, query: str) -> dict[str, list[int]]:
    rows = books.session.execute(text(query))
    return {reference: [int(minor) for minor in sums] for reference, *sums in rows}


def lost_costs(books: Books) -> Iterable[str]:
    """Name settlements whose costs are not laid to the unit."""
    laid: Counter[int] = Counter()
    for cost in costs(books):
        laid[cost.settlement.id] += cost.net.minor
    sealed = f"SELECT s.id, s.reference, {SETTLED} FROM settlement s WHERE s.status = 'sealed'"  # noqa: S608 - built from constants.
    for ident, reference, net in books.session.execute(text(sealed)):
        if laid[ident] != int(net):
            yield reference


INVARIANTS = (
    Invariant(
        "M70",
        "what was accepted under an order is what its budget was taken for, and within it",
        f"""
        SELECT o.reference FROM workorder o WHERE o.accepted_minor > o.budget_minor
        OR o.accepted_minor <> (SELECT coalesce(sum({AMOUNT}), 0) FROM workitem i
            JOIN orderline l ON l.id = i.order_line_id WHERE l.work_order_id = o.id)
        """,  # noqa: S608 - built from constants.
    ),
    Invariant(
        "M71",
        f"the figures of a budget ({', '.join(FIGURES)}) are what their rows sum to",
        unequal_figures,
    ),
    Invariant(
        "M72",
        "who bears a contract or an order bears exactly all of it from each day on",
        """
        SELECT subject_table || ' ' || subject_id FROM costsplit
        GROUP BY subject_table, subject_id, valid_from
        HAVING sum(share_e6) <> 1000000 OR min(share_e6) <= 0
        UNION SELECT subject_table || ' ' || subject_id FROM costsplit
        WHERE (subject_table = 'contract' AND subject_id NOT IN (SELECT id FROM contract))
        OR (subject_table = 'workorder' AND subject_id NOT IN (SELECT id FROM workorder))
        """,
    ),
    Invariant(
        "M73",
        "every settled amount is laid to cost centres, or to nobody yet, to the unit",
        lost_costs,
    ),
)
