"""What the payee said of a settlement, and what we made of it."""

from vendorops.books import Books
from vendorops.paying.confirming import confirmation_of
from vendorops.tables import Settlement
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node


def confirmation_nodes(books: Books, settlement: Settlement) -> tuple[Node, ...]:
    """Return the payee's word with each answer about it; nothing where nobody was asked."""
    row = confirmation_of(books, settlement)
    if row is None:
        return ()
    facts = {
        "status": row.status,
        "shown_on": row.shown_on.isoformat(),
        "answer_until": row.due_on.isoformat(),
        "required": "yes" if row.required else "no",
    }
    same = Check("it is about what was approved", row.content_sha256 == settlement.content_sha256)
    parts = tuple(trace_decisions(books, row))
    return (Node("confirmation", row.reference, None, facts, (same,), parts),)
