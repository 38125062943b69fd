"""What tax kept back rests on: the rule of the day, and every number that it read."""

import json
from dataclasses import replace
from datetime import date

from vendorops.books import Books
from vendorops.documents.statements import withholdings_of
from vendorops.domain.money import Money
from vendorops.law import jurisdiction
from vendorops.paying.withholding import assess
from vendorops.tables import Settlement, Withholding
from vendorops.tracing.tree import Check, Node, adds_up


def withholding_nodes(books: Books, settlement: Settlement) -> tuple[Node, ...]:
    """Return the taxes kept back from a settlement, each computed once more as of its day."""
    rows = withholdings_of(books, settlement)
    if not rows:
        return ()
    on_its_day = replace(books, as_of=settlement.as_of)
    again = {
        one.columns["tax"]: int(one.columns["amount_minor"])
        for one in assess(on_its_day, settlement)
    }
    return tuple(_node(row, settlement, again.get(row.tax, 0)) for row in rows)


def _node(row: Withholding, settlement: Settlement, again: int) -> Node:
    amount = Money(row.amount_minor, row.currency)
    facts = {
        "income_kind": row.income_kind,
        "income": Money(row.income_minor, row.currency),
        "base": Money(row.base_minor, row.currency),
        "month": row.month,
        "rule_since": row.rule,
        "status": row.status,
    }
    once_more = f"computed again by the law of {settlement.as_of}"
    return Node(
        "withholding",
        row.tax,
        amount,
        facts,
        (adds_up(once_more, [Money(again, row.currency)], amount),),
        tuple(_citation(row.place, cited) for cited in json.loads(row.citations)),
        share=-amount,
    )


def _citation(place: str, cited: dict[str, object]) -> Node:
    """Return one number of the law, and whether the law files still have it under its source."""
    name, since = str(cited["parameter"]), date.fromisoformat(str(cited["since"]))
    versions = jurisdiction(place).parameters[name].versions
    figure = versions.get(since)
    holds = figure is not None and figure.source == cited["source"]
    facts = {
        "since": since.isoformat(),
        "value": figure.shown if figure else "",
        "source": cited["source"],
        "confirmed": "yes" if cited["sure"] else "no",
    }
    said = f"the law files have it since {since} with this source"
    return Node("citation", name, facts=facts, checks=(Check(said, holds),))
