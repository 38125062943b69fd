"""Loads how the banks of our accounts take payments: a format and its details, from a day on."""

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code
from vendorops.domain.refusal import Refused
from vendorops.payments import payment_format
from vendorops.tables import BankAccount, PaymentChannel


class BadChannel(Refused):
    """What is said of an account's payment files cannot be followed."""


class PaymentFilesForm(Form):
    """What a bank wants from a day on."""

    format: Code
    """A module of payments/."""
    details: dict[Code, Words] = Field(default_factory=dict)
    """What the format asks of the account, such as `characters: sepa`."""
    valid_from: IsoDay


def load_channel(books: Books, account: BankAccount, form: PaymentFilesForm) -> None:
    """Enter how an account pays; what is there stays, and another way needs another day."""
    known_details = payment_format(form.format).DETAILS
    unknown = sorted(set(form.details) - set(known_details))
    if unknown:
        raise BadChannel(
            f"{account.reference}: {form.format} knows no {', '.join(unknown)}; it knows "
            f"{', '.join(known_details) or 'no details'}"
        )
    query = select(PaymentChannel).where(
        col(PaymentChannel.bank_account_id) == account.id,
        col(PaymentChannel.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    text = canonical(form.details).decode()
    if known is None:
        row = PaymentChannel(
            id=books.key(),
            bank_account_id=account.id,
            format=form.format,
            details=text,
            valid_from=form.valid_from,
            entered_by=books.actor,
        )
        books.enter(row, because=f"{account.reference} pays by {form.format} from then on")
    elif (known.format, known.details) != (form.format, text):
        raise BadChannel(
            f"{account.reference} pays otherwise from {form.valid_from}; add another day instead"
        )
