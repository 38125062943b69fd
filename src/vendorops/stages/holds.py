"""Lets holds of invoices end: on their day, or when another person has agreed to their release."""

from sqlmodel import col, or_, select

from vendorops.books import Books, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import InvoiceHoldStatus
from vendorops.paying.holding import release_question
from vendorops.stages import Step
from vendorops.tables import InvoiceHold

SUBJECT = InvoiceHold
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return the holds whose day has come, and those whose release somebody asked for."""
    query = select(InvoiceHold.id).where(
        col(InvoiceHold.status) == InvoiceHoldStatus.ACTIVE.value,
        or_(
            col(InvoiceHold.until_on) <= books.as_of,
            col(InvoiceHold.release_asked_by).is_not(None),
        ),
    )
    return list(books.session.exec(query.order_by(col(InvoiceHold.id))))


def advance(books: Books, ident: int) -> Step:
    """End a hold whose day has come, or have its release decided."""
    hold = books.get(InvoiceHold, ident)
    if hold.status != InvoiceHoldStatus.ACTIVE:
        return Step.DONE
    if hold.until_on and hold.until_on <= books.as_of:
        because = f"it holds until {hold.until_on}"
        withdraw(books, hold, because)
        books.move(hold, InvoiceHoldStatus.LAPSED, because=because)
        return Step.DONE
    if hold.release_asked_by is None:
        return Step.DONE
    decision = decided(books, release_question(books, hold))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    if decision.answer == "approve":
        books.move(hold, InvoiceHoldStatus.RELEASED, because=because)
        return Step.DONE
    hold.release_asked_by = hold.release_asked_on = None  # It stands; release may be asked anew.
    hold.release_reason = ""
    books.record("release refused", hold, because)
    return Step.DONE
