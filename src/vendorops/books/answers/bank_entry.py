"""Which payment or charge a line of the bank is, chosen by who looked at the statement."""

from collections.abc import Mapping

from vendorops.books.answers._given import Given
from vendorops.books.part_returns import came_back_in_parts
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import BankEntry, BankStatement, Decision, Payment, PaymentBatch

SENT = {"debit": ("sent", "accepted_by_bank"), "credit": ("settled",)}
"""In which states a payment can be what was debited, or what came back."""
ASKED = ("payment", "charge", "part")


class NotThatPayment(Refused):
    """A line of the bank cannot be the payment that was chosen."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the payment chosen; refused where amount, currency or state do not fit.

    A charge of the bank is what the line is more than a payment that left, or less than one that
    came back; without a payment the whole line is one. A part is all that came back of a payment.
    """
    reference, said, part = (given.text(name) for name in ASKED)
    if set(given.detail) - {*ASKED}:
        raise NotThatPayment(
            f"{decision.reference} asks for payment=PAY-…, charge=… and part=… only"
        )
    if not given.approves:
        if reference or said or part:
            raise NotThatPayment(f"{decision.reference}: what is none of ours is no payment")
        return {}
    if not (reference or said):
        raise NotThatPayment(
            f"{decision.reference} asks which payment it is: add --detail payment=PAY-…, or "
            "charge=… for what the bank took for itself, or reject it if it is none of ours"
        )
    entry = books.get(BankEntry, decision.subject_id)
    charge, came = _amount(entry, said, "charge"), _amount(entry, part, "part")
    if reference:
        _check_payment(books, entry, books.named(Payment, reference), (charge, came))
    elif (entry.direction, entry.amount_minor) != ("debit", charge) or part:
        raise NotThatPayment(f"{entry.reference} is no debit of {said}, so it is no charge")
    chosen: dict[str, object] = {"payment": reference} if reference else {}
    chosen |= {"charge_minor": charge} if charge else {}
    return chosen | ({"part_minor": came} if came else {})


def _amount(entry: BankEntry, said: str, name: str) -> int:
    minor = Money.parse(said, entry.currency).minor if said else 0
    if said and minor <= 0:
        raise NotThatPayment(f"a {name} is above zero, and {said} is not")
    return minor


def _check_payment(
    books: Books, entry: BankEntry, payment: Payment, said: tuple[int, int]
) -> None:
    charge, part = said
    expected = part or payment.amount_minor
    moved = entry.amount_minor + (charge if entry.direction == "credit" else -charge)
    if (moved, entry.currency) != (expected, payment.currency):
        with_charge = " with that charge" if charge else ""
        what = f"the part of {payment.reference}" if part else payment.reference
        raise NotThatPayment(f"{what} is of another amount than {entry.reference}{with_charge}")
    if payment.status not in SENT[entry.direction]:
        raise NotThatPayment(
            f"{payment.reference} is {payment.status} and cannot be {entry.reference}"
        )
    batch = books.get(PaymentBatch, payment.batch_id)
    statement = books.get(BankStatement, entry.bank_statement_id)
    if batch.debtor_account_id != statement.bank_account_id:
        raise NotThatPayment(f"{payment.reference} was paid from another account")
    if batch.released_by == books.actor:
        raise NotThatPayment(
            f"{books.actor} let {payment.reference} go; another person says what became of it"
        )
    _check_returned(books, entry, payment, part)


def _check_returned(books: Books, entry: BankEntry, payment: Payment, part: int) -> None:
    """Refuse a part of what cannot come back in parts, and more than was paid."""
    before = came_back_in_parts(books, payment).minor
    if part and entry.direction != "credit":
        raise NotThatPayment(f"{entry.reference} left the account, so no part came back by it")
    if part and payment.filing_id is not None:
        raise NotThatPayment(
            f"{payment.reference} pays the tax of a return over, which comes back whole or not at "
            "all here: reject the line, and settle the part with the tax office"
        )
    if part >= payment.amount_minor:
        raise NotThatPayment(f"all of {payment.reference} is no part of it; leave part= out")
    if before and before + (part or payment.amount_minor) > payment.amount_minor:
        left = Money(payment.amount_minor - before, payment.currency)
        raise NotThatPayment(
            f"of {payment.reference} {Money(before, payment.currency)} came back before, so only "
            f"{left} still can: say part={left.text} where that is what came back"
        )
