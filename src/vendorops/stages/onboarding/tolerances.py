"""Loads how far claims may stray from their terms, as agreed in a company: dated and cited."""

from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Currency
from vendorops.domain.measure import price_e6
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Supplier, Tolerance

WHOLE_E6 = 1_000_000


class BadTolerance(Refused):
    """A tolerance that cannot be."""


class ToleranceForm(Form):
    """What a figure of one program may stray without a person; both limits hold."""

    step: Literal["price", "quantity", "tax", "total"] = "price"
    """A line's price or quantity, the tax of a claim, or what all its lines stray together."""
    program: Code
    term: Code | Literal[""] = ""
    """Category of the work; every category unless given."""
    supplier: Code | Literal[""] = ""
    """Reference of one supplier; every supplier unless given."""
    currency: Currency
    share: Words
    """Of what was agreed, accepted, computed or claimed, such as 0.01."""
    amount: Words
    """Of one line, or of one claim, in the currency."""
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
    if form.step in ("tax", "total") and form.term:
        raise BadTolerance(
            f"the {form.step} is compared for a claim as a whole; leave the term out"
        )
    supplier_id = books.named(Supplier, form.supplier).id if form.supplier else None
    term = program(form.program).term(form.term).code if form.term else ""
    known = _known(books, form, supplier_id)
    if known is None:
        books.enter(
            Tolerance(
                id=books.key(),
                step=form.step,
                program=program(form.program).code,
                term=term,
                supplier_id=supplier_id,
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


def _known(books: Books, form: ToleranceForm, supplier_id: int | None) -> Tolerance | None:
    query = select(Tolerance).where(
        col(Tolerance.step) == form.step,
        col(Tolerance.program) == form.program,
        col(Tolerance.term) == form.term,
        col(Tolerance.supplier_id).is_(None)
        if supplier_id is None
        else col(Tolerance.supplier_id) == supplier_id,
        col(Tolerance.currency) == form.currency,
        col(Tolerance.valid_from) == form.valid_from,
    )
    return books.session.exec(query).one_or_none()
