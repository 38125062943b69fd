"""Loads whether our companies pay only from funds their bank has confirmed, dated and cited."""

from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.refusal import Refused
from vendorops.tables import FundingPolicy, LegalEntity


class BadFunding(Refused):
    """Another policy holds from that day already."""


class FundingForm(Form):
    """What a company may pay from, from a day on."""

    payouts: Literal["any", "confirmed"]
    valid_from: IsoDay
    cite: Words
    """Where it was decided."""


def load_funding(books: Books, entity: LegalEntity, form: FundingForm) -> None:
    """Enter a policy; one that is there is never edited, another day makes another one."""
    query = select(FundingPolicy).where(
        col(FundingPolicy.legal_entity_id) == entity.id,
        col(FundingPolicy.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        row = FundingPolicy(id=books.key(), legal_entity_id=entity.id, **form.model_dump())
        books.enter(row, because=f"{entity.code} pays from {form.payouts} funds")
    elif known.payouts != form.payouts:
        raise BadFunding(
            f"{entity.code} pays from {known.payouts} funds from {form.valid_from} on in our "
            "books; decide on another policy from a later day"
        )
