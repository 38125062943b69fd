"""Which payment or charge a line of the bank is, chosen by who looked at the statement."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import BankEntry, Decision, Payment

SENT = {"debit": ("sent", "accepted_by_bank"), "credit": ("settled",)}
"""In which states a payment can be what was debited, or what came back."""


class NotThatPayment(Refused):
    """A line of the bank cannot be the payment that was chosen."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the payment chosen; refused where amount, currency or state do not fit.

    A charge of the bank is what the line is more than a payment that left, or less than one that
    came back; without a payment the whole line is one.
    """
    reference, said = given.text("payment"), given.text("charge")
    if set(given.detail) - {"payment", "charge"}:
        raise NotThatPayment(f"{decision.reference} asks for payment=PAY-… and charge=… only")
    if not given.approves:
        if reference or said:
            raise NotThatPayment(f"{decision.reference}: what is none of ours is no payment")
        return {}
    if not (reference or said):
        raise NotThatPayment(
            f"{decision.reference} asks which payment it is: add --detail payment=PAY-…, or "
            "charge=… for what the bank took for itself, or reject it if it is none of ours"
        )
    entry = books.get(BankEntry, decision.subject_id)
    charge = _charge(entry, said)
    if reference:
        _check_payment(entry, books.named(Payment, reference), charge)
    elif (entry.direction, entry.amount_minor) != ("debit", charge):
        raise NotThatPayment(f"{entry.reference} is no debit of {said}, so it is no charge")
    chosen = {"payment": reference} if reference else {}
    return chosen | ({"charge_minor": charge} if charge else {})


def _charge(entry: BankEntry, said: str) -> int:
    charge = Money.parse(said, entry.currency).minor if said else 0
    if said and charge <= 0:
        raise NotThatPayment(f"a charge is above zero, and {said} is not")
    return charge


def _check_payment(entry: BankEntry, payment: Payment, charge: int) -> None:
    sign = 1 if entry.direction == "debit" else -1
    expected = payment.amount_minor + sign * charge
    if (entry.amount_minor, entry.currency) != (expected, payment.currency):
        with_charge = " with that charge" if charge else ""
        raise NotThatPayment(
            f"{payment.reference} is of another amount than {entry.reference}{with_charge}"
        )
    if payment.status not in SENT[entry.direction]:
        raise NotThatPayment(
            f"{payment.reference} is {payment.status} and cannot be {entry.reference}"
        )
