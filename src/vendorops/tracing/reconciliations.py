"""What one supplier's month comes to: its claims, its seal, and who opened it again."""

import json
from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money, total
from vendorops.stages.reconciliation.replay import OtherRules, faults
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    Reconciliation,
    Reopening,
    Supplier,
)
from vendorops.tracing.claims import claim_node
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node


def trace_reconciliation(books: Books, reference: str) -> Node:
    """Return the tree of one version of a supplier's month, currency by currency."""
    of = books.named(Reconciliation, reference)
    nodes = [claim_node(books, claim, by=of.id).sharing() for claim in _claims(books, of)]
    found = _by_currency(nodes)
    if len(found) == 1:
        ((amount, parts),) = found.values()
    else:
        amount = None
        parts = tuple(
            Node("claims", f"in {currency}", money, parts=same)
            for currency, (money, same) in found.items()
        )
    opened = tuple(_reopening(books, row) for row in _reopenings(books, of))
    checks = (Check("computed again, it comes out as it was sealed", _replays(books, of)),)
    return Node("reconciliation", reference, amount, _facts(books, of), checks, (*opened, *parts))


def _by_currency(nodes: Sequence[Node]) -> dict[str, tuple[Money, tuple[Node, ...]]]:
    """Return the claims of each currency and what they come to."""
    amounts = [node.amount for node in nodes if node.amount is not None]
    found = {}
    for currency in sorted({amount.currency for amount in amounts}):
        same = tuple(node for node in nodes if node.amount and node.amount.currency == currency)
        found[currency] = (
            total([amount for amount in amounts if amount.currency == currency], currency),
            same,
        )
    return found


def _claims(books: Books, of: Reconciliation) -> Sequence[Invoice]:
    lines = [
        select(table.invoice_line_id).where(col(table.reconciliation_id) == of.id)
        for table in (Allocation, Difference)
    ]
    where = col(InvoiceLine.id).in_(lines[0]) | col(InvoiceLine.id).in_(lines[1])
    invoices = select(InvoiceLine.invoice_id).where(where)
    query = select(Invoice).where(col(Invoice.id).in_(invoices))
    return books.session.exec(query.order_by(col(Invoice.reference))).all()


def _facts(books: Books, of: Reconciliation) -> dict[str, object]:
    ruled = json.loads(of.rules)
    return {
        "supplier": books.get(Supplier, of.supplier_id).reference,
        "month": of.month,
        "version": of.version,
        "as_of": of.as_of.isoformat(),
        "status": of.status,
        "rules": f"{ruled['name']}, version {ruled['version']}",
        "inputs_sha256": of.inputs_sha256,
        "result_sha256": of.result_sha256,
    }


def _replays(books: Books, of: Reconciliation) -> bool:
    try:
        return not faults(books, of)
    except OtherRules:
        return False


def _reopenings(books: Books, of: Reconciliation) -> Sequence[Reopening]:
    query = select(Reopening).where(col(Reopening.reconciliation_id) == of.id)
    return books.session.exec(query.order_by(col(Reopening.id))).all()


def _reopening(books: Books, row: Reopening) -> Node:
    facts = {
        "why": row.reason,
        "proposed_by": row.proposed_by,
        "on": row.proposed_on.isoformat(),
        "status": row.status,
    }
    return Node("reopening", row.reference, facts=facts, parts=trace_decisions(books, row))
