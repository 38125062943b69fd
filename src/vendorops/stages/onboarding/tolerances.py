"""Loads how far claims may stray from their terms, as agreed in a company: dated and cited."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Currency
from vendorops.domain.measure import price_e6
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Tolerance

WHOLE_E6 = 1_000_000


class BadTolerance(Refused):
    """A tolerance that cannot be."""


class ToleranceForm(Form):
    """What a price of one program may stray without a person; both limits hold."""

    program: Code
    currency: Currency
    share: Words
    """Of the agreed price, such as 0.01."""
    amount: Words
    """Of one line, in the currency."""
    valid_from: IsoDay
    cite: Words
    """Where it was agreed."""


def load_tolerance(books: Books, form: ToleranceForm) -> None:
    """Enter a tolerance; one that is there is never edited, another day makes another one."""
    share = price_e6(form.share)
    amount = Money.parse(form.amount, form.currency)
    if not 0 <= share <= WHOLE_E6 or amount.minor < 0:
        raise BadTolerance(
            "a tolerance is a share from 0 to 1, such as 0.01, and an amount from 0"
        )
    query = select(Tolerance).where(
        col(Tolerance.step) == "price",
        col(Tolerance.program) == program(form.program).code,
        col(Tolerance.supplier_id).is_(None),
        col(Tolerance.currency) == form.currency,
        col(Tolerance.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        books.enter(
            Tolerance(
                id=books.key(),
                step="price",
                program=form.program,
                currency=form.currency,
                share_e6=share,
                amount_minor=amount.minor,
                valid_from=form.valid_from,
                cite=form.cite,
            )
        )
    elif (known.share_e6, known.amount_minor) != (share, amount.minor):
        raise BadTolerance(
            f"the tolerance of {form.program} from {form.valid_from} is another one in our books; "
            "agree on a new one from a later day"
        )
