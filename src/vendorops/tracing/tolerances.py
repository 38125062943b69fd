"""By how much a price could stray, as the reconciliation wrote it down before it judged."""

import json

from vendorops.domain.money import Money
from vendorops.tables import Reconciliation
from vendorops.tracing.tree import Node

MILLIONTHS_A_PERCENT = 10_000
SHOWN_OTHERWISE = ("contract", "facts_sha256", "share_e6", "amount_minor", "cite")


def tolerance_nodes(of: Reconciliation, contract: str, currency: str) -> tuple[Node, ...]:
    """Return the tolerances of a contract under which a reconciliation judged it."""
    ruled = json.loads(of.rules)
    return tuple(
        _node(row, currency, f"{ruled['name']}, version {ruled['version']}")
        for row in ruled.get("tolerances", ())
        if row["contract"] == contract
    )


def _node(row: dict[str, object], currency: str, rules: str) -> Node:
    facts = {
        "up_to": f"{int(str(row['share_e6'])) / MILLIONTHS_A_PERCENT:g} % of the price",
        "and_at_most": f"{Money(int(str(row['amount_minor'])), currency)} a line",
        **{name: value for name, value in row.items() if name not in SHOWN_OTHERWISE},
        "rules": rules,
    }
    return Node("tolerance", str(row["cite"]), facts=facts)
