"""Enters a supplier's rate card from a form; all of its rates agree or none is entered."""

from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.proposal_forms import Currency
from vendorops.domain.measure import price_e6
from vendorops.domain.rate_cards import RateDisagrees, RateEntry
from vendorops.domain.refusal import Refused
from vendorops.tables import RateCard, RateLine, Supplier


class BadRateCard(Refused):
    """The card contradicts itself."""


class RateForm(Form):
    """One rate; prices as people write them, the mark-up as a share such as 0.185."""

    role: str = ""
    site: str = ""
    category: Literal["regular", "overtime", "double", "holiday"]
    unit: Literal["hour", "headcount_month"] = "hour"
    bill: Words
    pay: str = "0"
    markup: str = "0"
    cap: str = "0"
    valid_from: IsoDay | None = None
    """The card's first day unless given."""


class RateCardForm(Form):
    """The rates of one supplier."""

    supplier: Words
    currency: Currency
    valid_from: IsoDay
    rates: Annotated[tuple[RateForm, ...], Field(min_length=1, max_length=2000)]


def load(books: Books, data: bytes) -> RateCard:
    """Enter a card in draft, which somebody else approves; the same file again is the same card.

    Raises BadForm, BadRateCard where a rate is there twice or begins before its card, and
    RateDisagrees where pay and mark-up do not make the bill rate.
    """
    said = read_form(data, RateCardForm, "rate card")
    log.lock(books.session)
    supplier = books.named(Supplier, said.supplier)
    query = select(RateCard).where(
        col(RateCard.supplier_id) == supplier.id,
        col(RateCard.source_sha256) == sha256(data).hexdigest(),
    )
    known = books.session.exec(query).one_or_none()
    return known or _enter(books, supplier, said, data)


def _enter(books: Books, supplier: Supplier, said: RateCardForm, data: bytes) -> RateCard:
    entries = _entries(said)
    card = books.enter(
        RateCard(
            id=books.key(),
            reference=books.reference("RTC"),
            supplier_id=supplier.id,
            currency=said.currency,
            valid_from=said.valid_from,
            source_sha256=keep(books, data, f"rate card of {supplier.reference}", ".yaml"),
            proposed_by=books.actor,
            proposed_on=books.as_of,
        ),
        because=f"{len(entries)} rates of {supplier.reference} from {said.valid_from}",
    )
    for entry in entries:
        books.enter(RateLine(id=books.key(), rate_card_id=card.id, **vars(entry)))
    return card


def _entries(said: RateCardForm) -> list[RateEntry]:
    found: dict[tuple[object, ...], RateEntry] = {}
    for number, form in enumerate(said.rates, start=1):
        try:
            entry = _entry(form, said)
            entry.check(said.currency)
        except Refused as refusal:
            kind = RateDisagrees if isinstance(refusal, RateDisagrees) else BadRateCard
            raise kind(f"rates {number}: {refusal}") from refusal
        key = (entry.role, entry.site, entry.category, entry.unit, entry.valid_from)
        if key in found:
            raise BadRateCard(f"rates {number}: the same rate from the same day again; keep one")
        if entry.valid_from < said.valid_from:
            raise BadRateCard(
                f"rates {number}: begins on {entry.valid_from}, before its card on"
                f" {said.valid_from}; let it begin with the card or later"
            )
        found[key] = entry
    return list(found.values())


def _entry(form: RateForm, said: RateCardForm) -> RateEntry:
    prices = {f"{name}_e6": price_e6(getattr(form, name)) for name in _PRICES}
    if min(prices.values()) < 0:
        raise BadRateCard("rates are not below nothing; correct the sign")
    return RateEntry(
        role=form.role.strip(),
        site=form.site.strip(),
        category=form.category,
        unit=form.unit,
        valid_from=form.valid_from or said.valid_from,
        **prices,
    )


_PRICES = ("bill", "pay", "markup", "cap")
