"""Loads whether our companies pay only from funds their bank has confirmed, dated and cited."""

from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.refusal import Refused
from vendorops.paying.spent_funds import last_release
from vendorops.tables import FundingPolicy, LegalEntity


class BadFunding(Refused):
    """Another policy holds from that day already, or money went on it or later."""


class FundingForm(Form):
    """What a company may pay from, from a day on."""

    payouts: Literal["any", "confirmed"]
    valid_from: IsoDay
    cite: Words
    """Where it was decided."""


def load_funding(books: Books, entity: LegalEntity, form: FundingForm) -> None:
    """Enter a policy; one that is there is never edited, another day makes another one.

    Raises BadFunding where that day was decided otherwise, or a batch was released on it or since.
    """
    log.lock(books.session)  # A release meanwhile was before, or sees the policy.
    query = select(FundingPolicy).where(
        col(FundingPolicy.legal_entity_id) == entity.id,
        col(FundingPolicy.valid_from) == form.valid_from,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        _refuse_paid_days(books, entity, form)
        row = FundingPolicy(id=books.key(), legal_entity_id=entity.id, **form.model_dump())
        books.enter(row, because=f"{entity.code} pays from {form.payouts} funds")
    elif known.payouts != form.payouts:
        raise BadFunding(
            f"{entity.code} pays from {known.payouts} funds from {form.valid_from} on in our "
            "books; decide on another policy from a later day"
        )


def _refuse_paid_days(books: Books, entity: LegalEntity, form: FundingForm) -> None:
    last = last_release(books, entity.id)
    if last is not None and form.valid_from <= last:
        raise BadFunding(
            f"{entity.code} let payments go until {last}, and from {form.valid_from} on they "
            f"would have been paid from {form.payouts} funds; decide on a first day after {last}"
        )
