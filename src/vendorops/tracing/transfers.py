"""How an amount was booked: which account to which, because of what."""

from sqlmodel import col, select

from vendorops.books import Books, NotInTheBooks
from vendorops.domain.money import Money
from vendorops.tables import Event, LedgerAccount, Transfer
from vendorops.tracing.tree import Node


def trace_transfer(books: Books, key: str) -> Node:
    """Return one transfer of the ledger by its key, such as `settlement/SET-2026-000001/net`."""
    row = books.session.exec(select(Transfer).where(col(Transfer.key) == key)).one_or_none()
    if row is None:
        raise NotInTheBooks(f"there is no transfer {key[:60]!r} in the books")
    return transfer_node(books, row)


def transfer_nodes(books: Books, of: str) -> tuple[Node, ...]:
    """Return the transfers whose keys begin with what they book, such as `payment/PAY-…`."""
    query = select(Transfer).where(
        (col(Transfer.key) == of) | col(Transfer.key).startswith(f"{of}/", autoescape=True)
    )
    found = books.session.exec(query.order_by(col(Transfer.id)))
    return tuple(transfer_node(books, row) for row in found)


def transfer_node(books: Books, row: Transfer) -> Node:
    """Return a transfer with its two accounts and the event it hangs on."""
    event = books.get(Event, row.event_id)
    facts = {
        "debit": books.get(LedgerAccount, row.debit_id).code,
        "credit": books.get(LedgerAccount, row.credit_id).code,
        "on": row.business_day.isoformat(),
        "because": event.reason,
        "by": event.actor,
        "event": f"{event.seq}:{event.hash}",
    }
    return Node("transfer", row.key, Money(row.amount_minor, row.currency), facts)
