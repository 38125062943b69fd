"""Loads how suppliers tax their work in claims to us: dated, cited, compared with every line."""

from typing import Annotated, Literal

from pydantic import StringConstraints
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code
from vendorops.domain.money import exact
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import InputTax, Supplier

SCALE = 4
"""Decimals of a rate: ten-thousandths."""
WHOLE_E4 = 10_000


class BadInputTax(Refused):
    """A tax that cannot be, or is another one in the books."""


class InputTaxForm(Form):
    """The category and rate of work of one program in one place, from a day of work on."""

    place: Code
    program: Code
    term: Code | Literal[""] = ""
    """Category of the work; every category unless given."""
    supplier: Code | Literal[""] = ""
    """Reference of one supplier, such as a small-scale taxpayer; every one unless given."""
    category: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")]
    """UNCL 5305: S, Z, E, AE, O …"""
    rate: Words
    """Such as 0.06."""
    valid_from: IsoDay
    cite: Words
    """The law, or the supplier's certificate, that says so."""


def load_input_tax(books: Books, form: InputTaxForm) -> None:
    """Enter a tax; one that is there is never edited, another day makes another one."""
    rate = _rate_e4(form.rate)
    supplier_id = books.named(Supplier, form.supplier).id if form.supplier else None
    term = program(form.program).term(form.term).code if form.term else ""
    query = select(InputTax).where(
        col(InputTax.place) == form.place,
        col(InputTax.program) == program(form.program).code,
        col(InputTax.term) == term,
        col(InputTax.supplier_id).is_(None)
        if supplier_id is None
        else col(InputTax.supplier_id) == supplier_id,
        col(InputTax.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        books.enter(
            InputTax(
                id=books.key(),
                place=form.place,
                program=form.program,
                term=term,
                supplier_id=supplier_id,
                category=form.category,
                rate_e4=rate,
                valid_from=form.valid_from,
                cite=form.cite,
            )
        )
    elif (known.category, known.rate_e4) != (form.category, rate):
        raise BadInputTax(
            f"the tax of {form.program} in {form.place} from {form.valid_from} is another one in "
            "our books; load the new one from its own first day"
        )


def _rate_e4(text: str) -> int:
    """Return a rate in ten-thousandths.

    >>> _rate_e4("0.06")
    600
    """
    scaled = exact(text).scaleb(SCALE)
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= WHOLE_E4:
        raise BadInputTax(f"rate {text!r}: give a share from 0 to 1 such as 0.06")
    return int(scaled)
