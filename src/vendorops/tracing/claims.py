"""What claims rest on: accepted work, and differences each with its one reason."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlmodel import col, select

from vendorops.books import Books, NotInTheBooks
from vendorops.domain.matching import Reason
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money, total
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    Reconciliation,
    RuleVerdict,
    SettlementLine,
)
from vendorops.tracing.contracts import contract_node
from vendorops.tracing.decisions import decision_node, trace_decisions
from vendorops.tracing.disputed import dispute_nodes, hold_nodes
from vendorops.tracing.evidence import Evidence, Explained, evidence
from vendorops.tracing.sources import finding_nodes, source_checks, source_nodes, ties_about
from vendorops.tracing.tolerances import limit_nodes
from vendorops.tracing.tree import Check, Node, adds_up
from vendorops.tracing.work import Grounds, work_node

REASONS = {reason.value: reason for reason in Reason}
Settled = Mapping[int, SettlementLine]
"""Lines of one settlement by claim line."""


def trace_invoice(books: Books, reference: str) -> Node:
    """Return the tree of a claim with all its lines."""
    invoice = books.named(Invoice, reference)
    gross = Money(invoice.gross_minor, invoice.currency)
    tax = Node("tax", "as claimed", Money(invoice.tax_minor, invoice.currency)).sharing()
    ties = ties_about(books, invoice)
    parts = (
        *source_nodes(books, invoice, ties),
        *finding_nodes(books, invoice),
        *trace_decisions(books, invoice),
        *hold_nodes(books, invoice),
        *dispute_nodes(books, invoice),
        contract_node(books, books.get(Contract, invoice.contract_id)),
        claim_node(books, invoice).sharing(),
        tax,
    )
    told, checked = _facts(books, invoice), tuple(source_checks(invoice, ties))
    return Node("invoice", reference, gross, told, checked, parts)


def claim_node(books: Books, invoice: Invoice, by: int = 0) -> Node:
    """Return what a claim comes to without tax, line by line; `by` as `evidence` takes it."""
    wanted = select(InvoiceLine.id).where(col(InvoiceLine.invoice_id) == invoice.id)
    nodes = tuple(node.sharing() for node in line_nodes(evidence(books, wanted, by)))
    net = Money(invoice.net_minor, invoice.currency)
    off = net - total([node.amount for node in nodes if node.amount], invoice.currency)
    wrong = Node("difference", "document_total", off, {"because": Reason.DOCUMENT_TOTAL.sentence})
    parts = (*nodes, wrong.sharing()) if off else nodes
    return Node("claim", invoice.reference, net, _facts(books, invoice), parts=parts)


def _facts(books: Books, invoice: Invoice) -> dict[str, object]:
    return {
        "number": invoice.number,
        "issued": invoice.issue_date.isoformat(),
        "month": invoice.month,
        "format": invoice.format,
        "status": invoice.status,
        "file_sha256": books.get(ReceivedFile, invoice.received_file_id).sha256,
        "judged_by": "; ".join(_verdicts(books, invoice)),
    }


def _verdicts(books: Books, invoice: Invoice) -> Iterator[str]:
    """Yield what official rules said of the file, with the version that said it."""
    query = select(RuleVerdict).where(
        col(RuleVerdict.received_file_id) == invoice.received_file_id
    )
    for verdict in books.session.exec(query.order_by(col(RuleVerdict.id))):
        found = f", {verdict.fatal} fatal findings" if verdict.fatal else ""
        yield (
            f"{verdict.rules} {verdict.version}: {verdict.outcome}{found}"
            f" (SHA-256 {verdict.sha256[:12]}…)"
        )


def trace_line(books: Books, reference: str, line: str) -> Node:
    """Return the tree of one line of a claim."""
    invoice = books.named(Invoice, reference)
    wanted = select(InvoiceLine.id).where(
        col(InvoiceLine.invoice_id) == invoice.id, col(InvoiceLine.line) == int(line)
    )
    found = line_nodes(evidence(books, wanted))
    if not found:
        raise NotInTheBooks(f"{reference} has no line {line}; lines are counted from 1")
    contract = contract_node(books, books.get(Contract, invoice.contract_id))
    return replace(found[0], parts=(*found[0].parts, contract))


def line_nodes(known: Evidence, settled: Settled | None = None) -> list[Node]:
    """Return a node for each line; in a settlement, with what is paid of it as its share."""
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
    facts |= _meant(known, line)
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
        _line_checks(known, explained, claimed, paid),
        _parts(known, explained, line),
        share=Money(paid.net_minor + paid.tax_minor, invoice.currency) if paid else None,
    )


def _meant(known: Evidence, line: InvoiceLine) -> dict[str, object]:
    """Return what a line means whose reference nobody knew, and who said so."""
    row = known.meant.get(line.id)
    if row is None:
        return {}
    work = known.grounds.work[row.work_item_id].reference
    return {"means": work, "means_says": f"{row.corrected_by}: {row.reason}"}


def _line_checks(
    known: Evidence, explained: Explained | None, claimed: Money, paid: SettlementLine | None
) -> tuple[Check, ...]:
    if explained is None:
        nothing = paid is None or paid.net_minor == 0
        return () if nothing else (Check("paid, but no reconciliation explains it", holds=False),)
    if paid is None:
        return ()
    amounts = [row.amount_minor for row in explained.allocations]
    amounts += [row.amount_minor for row in explained.differences if row.treatment == "tolerated"]
    amounts += [known.adjusted.get(row.id, 0) for row in explained.differences]
    return (
        adds_up(
            "accepted work and what is tolerated or agreed is paid",
            [Money(amount, claimed.currency) for amount in amounts],
            Money(paid.net_minor, claimed.currency),
        ),
    )


def _parts(known: Evidence, explained: Explained | None, line: InvoiceLine) -> tuple[Node, ...]:
    if explained is None:
        return ()
    currency = known.invoices[line.invoice_id].currency
    allocated = (
        _allocation_node(known.grounds, row, line, currency) for row in explained.allocations
    )
    differing = (
        _difference_node(known, row, explained.reconciliation, line)
        for row in explained.differences
    )
    return (*allocated, *differing)


def _allocation_node(known: Grounds, row: Allocation, line: InvoiceLine, currency: str) -> Node:
    item = known.work[row.work_item_id]
    amount = Money(row.amount_minor, currency)
    said = f"{quantity_text(row.quantity_e4)} x {price_text(item.price_e6)}"
    product = extended(row.quantity_e4, item.price_e6, currency)
    return Node(
        "allocation",
        item.reference,
        amount,
        {"quantity": quantity_text(row.quantity_e4)},
        (_worth(said, product, amount, line),),
        (work_node(known, item.id).sharing(amount),),
        share=amount,
    )


def _worth(said: str, product: Money, amount: Money, line: InvoiceLine) -> Check:
    """Check an allocation; the last piece of a line that covers several is taken in part."""
    if line.work_item_id is None and amount < product:
        return Check(f"{said} is {product}, of which the line takes {amount}", holds=True)
    return adds_up(said, [product], amount)


def _difference_node(
    known: Evidence, row: Difference, of: Reconciliation, line: InvoiceLine
) -> Node:
    """Return a difference with what it was held against, what helps, and who decided about it."""
    invoice, reason = known.invoices[line.invoice_id], REASONS[row.reason]
    amount = Money(row.amount_minor, invoice.currency)
    facts: dict[str, object] = {"treatment": row.treatment, "because": reason.sentence}
    if row.treatment == "disputed":
        facts["remedy"] = reason.remedy
    if adjusted := known.adjusted.get(row.id):
        facts["agreed_to_pay_besides"] = Money(adjusted, invoice.currency)
    work = known.grounds.work.get(line.work_item_id or 0)
    contract = known.contracts[invoice.contract_id]
    parts = limit_nodes(of, contract, reason, work, invoice.currency)
    if row.treatment == "disputed":
        parts += tuple(map(decision_node, known.decided[invoice.id]))
    return Node("difference", row.reason, amount, facts, parts=parts, share=amount)
