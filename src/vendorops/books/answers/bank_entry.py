"""Which payment a line of the bank is, chosen by who looked at the bank's statement."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import BankEntry, Decision, Payment

SENT = {"debit": ("sent", "accepted_by_bank"), "credit": ("settled",)}
"""In which states a payment can be what was debited, or what came back."""


class NotThatPayment(Refused):
    """A line of the bank cannot be the payment that was chosen."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the payment chosen; refused where amount, currency or state do not fit."""
    reference = given.text("payment")
    if set(given.detail) - {"payment"}:
        raise NotThatPayment(f"{decision.reference} asks for payment=PAY-… only")
    if not given.approves:
        if reference:
            raise NotThatPayment(f"{decision.reference}: what is none of ours is no payment")
        return {}
    if not reference:
        raise NotThatPayment(
            f"{decision.reference} asks which payment it is: add --detail payment=PAY-…, or "
            "reject it if it is none of ours"
        )
    entry, payment = books.get(BankEntry, decision.subject_id), books.named(Payment, reference)
    if (entry.amount_minor, entry.currency) != (payment.amount_minor, payment.currency):
        raise NotThatPayment(f"{reference} is of another amount than {entry.reference}")
    if payment.status not in SENT[entry.direction]:
        raise NotThatPayment(f"{reference} is {payment.status} and cannot be {entry.reference}")
    return {"payment": reference}
