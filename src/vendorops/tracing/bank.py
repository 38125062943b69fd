"""What the bank said of a payment: the fourth side of the reconciliation."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import (
    BankCharge,
    BankEntry,
    BankMatch,
    BankStatement,
    Decision,
    Payment,
)
from vendorops.tracing.tree import Check, Node

TOLD = ("settled", "returned", "rejected")


def bank_nodes(books: Books, payment: Payment) -> tuple[Node, ...]:
    """Return the bank's lines about a payment, in the order in which they came."""
    query = (
        select(BankMatch, BankEntry, BankStatement)
        .join(BankEntry, col(BankEntry.id) == col(BankMatch.bank_entry_id))
        .join(BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id))
        .where(col(BankMatch.payment_id) == payment.id)
        .order_by(col(BankMatch.id))
    )
    return tuple(_node(books, *found) for found in books.session.exec(query))


def bank_check(payment: Payment, nodes: tuple[Node, ...]) -> tuple[Check, ...]:
    """Return whether the bank moved what was ordered; nothing while it is awaited."""
    if payment.status not in TOLD:
        return ()
    ordered = Money(payment.amount_minor, payment.currency)
    same = bool(nodes) and all(node.amount == ordered for node in nodes)
    return (Check(f"the bank says so, for {ordered}", same),)


def _charges(books: Books, entry: BankEntry) -> str:
    """Return what the bank took for itself with a line; empty where it took nothing."""
    query = select(BankCharge).where(col(BankCharge.bank_entry_id) == entry.id)
    charge = books.session.exec(query).one_or_none()
    return str(Money(charge.amount_minor, entry.currency)) if charge else ""


def _node(books: Books, match: BankMatch, entry: BankEntry, statement: BankStatement) -> Node:
    decision = books.get(Decision, match.decision_id) if match.decision_id else None
    facts = {
        "became": match.kind,
        "statement": f"{statement.reference} ({statement.ident})",
        "booked_on": entry.booked_on.isoformat() if entry.booked_on else "",
        "bank_reference": entry.bank_reference,
        "reason": entry.reason,
        "charges": _charges(books, entry),
        "decided": f"{decision.reference} by {decision.answered_by}" if decision else "",
    }
    return Node("bank entry", entry.reference, Money(match.amount_minor, entry.currency), facts)
