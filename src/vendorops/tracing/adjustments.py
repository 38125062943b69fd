"""What a line without a claim rests on: the agreed term, the accepted volume, earlier lines."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import quantity_text
from vendorops.domain.money import Money
from vendorops.tables import AdjustmentLine, AgreedTerm, Contract, CreditMemo
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Node, adds_up
from vendorops.working.adjusting import facts_of, shown_facts


def trace_adjustment(books: Books, reference: str) -> Node:
    """Return the tree of a line."""
    return adjustment_node(books, books.named(AdjustmentLine, reference))


def trace_agreed_term(books: Books, reference: str) -> Node:
    """Return the tree of a term, with the lines that follow from it."""
    row = books.named(AgreedTerm, reference)
    contract = books.get(Contract, row.contract_id)
    lines = tuple(
        Node("adjustment", line.reference, Money(line.net_minor, contract.currency))
        for line in _lines(books, row)
    )
    return _term(books, row, contract, lines)


def adjustment_node(books: Books, line: AdjustmentLine) -> Node:
    """Return a line with its sums and the term it follows from."""
    row = books.get(AgreedTerm, line.agreed_term_id)
    contract = books.get(Contract, row.contract_id)

    def money(minor: int) -> Money:
        return Money(minor, contract.currency)

    by_quantity = facts_of(row).measure == "quantity"
    reached = quantity_text(line.reached) if by_quantity else str(money(line.reached))
    before = [
        other.net_minor
        for other in _lines(books, row)
        if other.month == line.month and other.number < line.number
    ]
    facts = {
        "reason": line.reason,
        "month": line.month,
        "accepted": money(line.base_minor),
        "reached": reached,
        "due": money(line.due_minor),
        "entered_before": money(sum(before)),
    }
    parts = [money(minor) for minor in (*before, line.net_minor)]
    runs = adds_up(f"{len(parts)} lines of {line.month}", parts, money(line.due_minor))
    node = _term(books, row, contract, ())
    return Node(
        "adjustment", line.reference, money(line.net_minor), facts, checks=(runs,), parts=(node,)
    )


def source_of(books: Books, memo: CreditMemo) -> tuple[Node, ...]:
    """Return the line that a credit memo follows from, where it follows from one."""
    if memo.source_table != AdjustmentLine.__name__.lower():
        return ()
    return (adjustment_node(books, books.get(AdjustmentLine, memo.source_id)),)


def _lines(books: Books, row: AgreedTerm) -> list[AdjustmentLine]:
    query = select(AdjustmentLine).where(col(AdjustmentLine.agreed_term_id) == row.id)
    return list(books.session.exec(query.order_by(col(AdjustmentLine.id))))


def _term(books: Books, row: AgreedTerm, contract: Contract, lines: tuple[Node, ...]) -> Node:
    facts = {
        "contract": contract.reference,
        "status": row.status,
        **shown_facts(row, contract.currency),
        "file_sha256": row.source_sha256,
    }
    return Node(
        "agreed term", row.reference, None, facts, parts=(*trace_decisions(books, row), *lines)
    )
