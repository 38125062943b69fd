"""What claims rest on: accepted work, and differences each with its one reason."""

from collections.abc import Mapping

from sqlmodel import col, select

from vendorops.books import Books, NotInTheBooks
from vendorops.domain.matching import Reason
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    SettlementLine,
)
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.evidence import Evidence, Explained, evidence
from vendorops.tracing.sources import finding_nodes, source_checks, source_nodes, ties_about
from vendorops.tracing.tree import Check, Node, adds_up
from vendorops.tracing.work import Grounds, work_node

SENTENCES = {reason.value: reason.sentence for reason in Reason}
Settled = Mapping[int, SettlementLine]
"""Lines of one settlement by claim line."""


def trace_invoice(books: Books, reference: str) -> Node:
    """Return the tree of a claim with all its lines."""
    invoice = books.named(Invoice, reference)
    wanted = select(InvoiceLine.id).where(col(InvoiceLine.invoice_id) == invoice.id)
    nodes = line_nodes(evidence(books, wanted))
    net, tax, gross = (
        Money(minor, invoice.currency)
        for minor in (invoice.net_minor, invoice.tax_minor, invoice.gross_minor)
    )
    facts = {
        "number": invoice.number,
        "issued": invoice.issue_date.isoformat(),
        "month": invoice.month,
        "net": net,
        "tax": tax,
        "status": invoice.status,
        "file_sha256": books.get(ReceivedFile, invoice.received_file_id).sha256,
    }
    ties = ties_about(books, invoice)
    sums = (adds_up("net and tax", [net, tax], gross), *source_checks(invoice, ties))
    beside = source_nodes(books, invoice, ties) + finding_nodes(books, invoice)
    decisions = trace_decisions(books, invoice)
    return Node("claim", reference, gross, facts, sums, (*beside, *decisions, *nodes))


def trace_line(books: Books, reference: str, line: str) -> Node:
    """Return the tree of one line of a claim."""
    invoice = books.named(Invoice, reference)
    wanted = select(InvoiceLine.id).where(
        col(InvoiceLine.invoice_id) == invoice.id, col(InvoiceLine.line) == int(line)
    )
    found = line_nodes(evidence(books, wanted))
    if not found:
        raise NotInTheBooks(f"{reference} has no line {line}; lines are counted from 1")
    return found[0]


def line_nodes(known: Evidence, settled: Settled | None = None) -> list[Node]:
    """Return a node for each line; in a settlement, with what is paid of it."""
    return [_line_node(known, line, (settled or {}).get(line.id)) for line in known.lines]


def _line_node(known: Evidence, line: InvoiceLine, paid: SettlementLine | None) -> Node:
    invoice, explained = known.invoices[line.invoice_id], known.explained.get(line.id)
    claimed = Money(line.net_minor, invoice.currency)
    facts: dict[str, object] = {
        "what": line.description,
        "quantity": quantity_text(line.quantity_e4),
        "price": price_text(line.price_e6),
        "work": line.work_reference,
        "reconciliation": explained.reconciliation.reference if explained else "not yet",
    }
    if paid:
        facts |= {
            "paid_net": Money(paid.net_minor, invoice.currency),
            "paid_tax": Money(paid.tax_minor, invoice.currency),
        }
    return Node(
        "claim line",
        f"{invoice.reference}/{line.line}",
        claimed,
        facts,
        _line_checks(explained, claimed, paid),
        _parts(known.grounds, explained, invoice.currency),
    )


def _line_checks(
    explained: Explained | None, claimed: Money, paid: SettlementLine | None
) -> tuple[Check, ...]:
    if explained is None:
        nothing = paid is None or paid.net_minor == 0
        return () if nothing else (Check("paid, but no reconciliation explains it", holds=False),)
    allocated = [Money(row.amount_minor, claimed.currency) for row in explained.allocations]
    differing = [Money(row.amount_minor, claimed.currency) for row in explained.differences]
    found = [
        adds_up("accepted work and differences make the claim", allocated + differing, claimed)
    ]
    if paid:
        tolerated = [
            Money(row.amount_minor, claimed.currency)
            for row in explained.differences
            if row.treatment == "tolerated"
        ]
        net = Money(paid.net_minor, claimed.currency)
        found.append(
            adds_up("accepted work and what is tolerated is paid", allocated + tolerated, net)
        )
    return tuple(found)


def _parts(known: Grounds, explained: Explained | None, currency: str) -> tuple[Node, ...]:
    if explained is None:
        return ()
    return (
        *(_allocation_node(known, row, currency) for row in explained.allocations),
        *(_difference_node(row, currency) for row in explained.differences),
    )


def _allocation_node(known: Grounds, row: Allocation, currency: str) -> Node:
    item = known.work[row.work_item_id]
    amount = Money(row.amount_minor, currency)
    said = f"{quantity_text(row.quantity_e4)} x {price_text(item.price_e6)}"
    product = extended(row.quantity_e4, item.price_e6, currency)
    return Node(
        "allocation",
        item.reference,
        amount,
        {"quantity": quantity_text(row.quantity_e4)},
        (adds_up(said, [product], amount),),
        (work_node(known, item.id),),
    )


def _difference_node(row: Difference, currency: str) -> Node:
    facts = {"treatment": row.treatment, "because": SENTENCES[row.reason]}
    return Node("difference", row.reason, Money(row.amount_minor, currency), facts)
