"""What becomes of a payment once the bank has answered: booked, refused, or come back.

Booked money leaves our account in the ledger. What is refused or comes back is owed again: the
payment's own transfer is reversed, the invoices are open again, and finance says whether the same
account is paid once more.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import AccountName, Books, Entry, log, post
from vendorops.books.ledger import reverse
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money
from vendorops.paying.funding import give_back, give_back_part
from vendorops.paying.paid_invoices import mark_owed
from vendorops.paying.paying_again import ask_again
from vendorops.paying.tax_owed import mark_owed_to_office
from vendorops.tables import (
    BankAccount,
    BankCharge,
    BankEntry,
    LegalEntity,
    PartReturn,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
)


@dataclass(frozen=True)
class Told:
    """What the bank told of a payment."""

    entry: str
    """Reference of the line."""
    reason: str = ""
    """The bank's code, such as AC04."""

    @property
    def why(self) -> str:
        """The words of it."""
        return f"{self.reason or 'no reason given'}, says {self.entry}"


def booked(books: Books, payment: Payment, told: Told) -> None:
    """Write down that money left our account."""
    event = books.move(payment, PaymentStatus.SETTLED, because=f"booked, says {told.entry}")
    clearing, bank = _accounts(books, payment)
    post(books, event, Entry(clearing, bank, _amount(payment), _key(payment, "booked")))


def returned(books: Books, payment: Payment, told: Told) -> None:
    """Write down that money came back to our account: it is owed again."""
    event = books.move(payment, PaymentStatus.RETURNED, because=f"came back: {told.why}")
    clearing, bank = _accounts(books, payment)
    post(books, event, Entry(bank, clearing, _amount(payment), _key(payment, "returned")))
    _owed_again(books, payment, event)


def returned_in_part(books: Books, payment: Payment, part: PartReturn, told: Told) -> None:
    """Write down that a part came back to our account and is owed anew; the rest stays settled.

    Tax that was kept back is not touched, and invoices stay paid: they were, and the part is owed
    by its own row.
    """
    event = books.record("booked", part, f"a part of {payment.reference} came back: {told.why}")
    clearing, bank = _accounts(books, payment)
    amount = Money(part.amount_minor, part.currency)
    supplier = books.get(Supplier, books.get(Settlement, part.settlement_id).supplier_id)
    payable = AccountName(f"payable/{supplier.reference}", "liability", supplier.party_id, 0)
    post(
        books,
        event,
        Entry(bank, clearing, amount, _key(payment, f"part-returned/{part.reference}")),
        Entry(clearing, payable, amount, _key(payment, f"owed-anew/{part.reference}")),
    )
    give_back_part(books, payment, part, event)


def refused(books: Books, payment: Payment, told: Told) -> None:
    """Write down that the bank never carried a payment out: it is owed again."""
    event = books.move(payment, PaymentStatus.REJECTED, because=f"refused: {told.why}")
    _owed_again(books, payment, event)


def charged(books: Books, entry: BankEntry, account: BankAccount, event: log.Happened) -> None:
    """Book what a bank took of our account for itself."""
    charge = books.session.exec(
        select(BankCharge).where(col(BankCharge.bank_entry_id) == entry.id)
    ).one()
    query = select(LegalEntity).where(col(LegalEntity.party_id) == account.party_id)
    entity = books.session.exec(query).one()
    expense = AccountName(f"bank-charges/{entity.code}", "expense")
    bank = AccountName(f"bank/{account.reference}", "asset")
    amount = Money(charge.amount_minor, entry.currency)
    post(books, event, Entry(expense, bank, amount, f"bank-charge/{entry.reference}"))


def _owed_again(books: Books, payment: Payment, event: log.Happened) -> None:
    reverse(books, event, f"payment/{payment.reference}", _key(payment, "reversed"))
    give_back(books, payment, event)
    if payment.filing_id is not None:
        mark_owed_to_office(books, payment)
    elif payment.settlement_id is not None:
        mark_owed(books, [payment.settlement_id], f"{payment.reference} is {payment.status}")
    ask_again(books, payment)


def _accounts(books: Books, payment: Payment) -> tuple[AccountName, AccountName]:
    """Return the ledger accounts of money on its way, and of money at the bank."""
    batch = books.get(PaymentBatch, payment.batch_id)
    entity = books.get(LegalEntity, batch.legal_entity_id)
    account = books.get(BankAccount, batch.debtor_account_id)
    clearing = AccountName(f"bank-clearing/{entity.code}", "liability")
    return clearing, AccountName(f"bank/{account.reference}", "asset")


def _amount(payment: Payment) -> Money:
    return Money(payment.amount_minor, payment.currency)


def _key(payment: Payment, what: str) -> str:
    return f"payment/{payment.reference}/{what}"
