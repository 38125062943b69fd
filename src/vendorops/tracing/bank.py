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
    PartReturn,
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


def part_nodes(books: Books, payment: Payment) -> tuple[Node, ...]:
    """Return the parts of a payment that came back and are owed anew."""
    query = select(PartReturn).where(col(PartReturn.payment_id) == payment.id)
    rows = books.session.exec(query.order_by(col(PartReturn.id))).all()
    return tuple(part_node(books, row) for row in rows)


def part_node(books: Books, row: PartReturn, parts: tuple[Node, ...] = ()) -> Node:
    """Return a part that came back: by which line, who said so, and what pays it once more."""
    entry, decision = books.get(BankEntry, row.bank_entry_id), books.get(Decision, row.decision_id)
    paid_by = select(Payment).where(col(Payment.returned_by_id) == row.bank_entry_id)
    facts = {
        "of": books.get(Payment, row.payment_id).reference,
        "bank_entry": entry.reference,
        "booked_on": entry.booked_on.isoformat() if entry.booked_on else "",
        "reason": entry.reason,
        "charges": _charges(books, entry),
        "decided": f"{decision.reference} by {decision.answered_by}",
        "paid_anew_by": [
            f"{each.reference} ({each.status})"
            for each in books.session.exec(paid_by.order_by(col(Payment.id)))
        ],
    }
    amount = Money(row.amount_minor, row.currency)
    came = entry.amount_minor + _charge_minor(books, entry)
    said = Check(f"the bank says so, for {Money(came, entry.currency)}", came == amount.minor)
    return Node("part returned", row.reference, amount, facts, (said,), parts)


def bank_check(payment: Payment, nodes: tuple[Node, ...]) -> tuple[Check, ...]:
    """Return whether the bank moved what was ordered; nothing while it is awaited."""
    if payment.status not in TOLD:
        return ()
    ordered = Money(payment.amount_minor, payment.currency)
    same = bool(nodes) and all(node.amount == ordered for node in nodes)
    return (Check(f"the bank says so, for {ordered}", same),)


def _charges(books: Books, entry: BankEntry) -> str:
    """Return what the bank took for itself with a line; empty where it took nothing."""
    minor = _charge_minor(books, entry)
    return str(Money(minor, entry.currency)) if minor else ""


def _charge_minor(books: Books, entry: BankEntry) -> int:
    query = select(BankCharge.amount_minor).where(col(BankCharge.bank_entry_id) == entry.id)
    return books.session.exec(query).one_or_none() or 0


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
