"""What a person says a supplier's file claims: entered by hand, and as exact as a file."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.measure import extended, price_e6, price_text, quantity_e4, quantity_text
from vendorops.domain.money import Money, exact, total
from vendorops.domain.refusal import Refused

MOST_LINES = 2000
RATE_PLACES = 2
MOST_PERCENT = 100


class EnteredWrong(Refused):
    """What a person entered is incomplete or contradicts itself."""


def _iso_day(given: object) -> date:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise ValueError("is not a day; write it as 2026-10-31") from None


Text = Annotated[str, Field(max_length=300)]
Needed = Annotated[str, Field(min_length=1, max_length=300)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EnteredLine(_Part):
    """One line; figures as people write them, with a point before decimals."""

    description: Needed
    quantity: Needed
    unit: Text = ""
    price: Needed
    net: Needed
    tax_rate: Text = "0"
    """A percentage."""
    work: Text = ""
    """Reference of the work it is for, such as WRK-2026-000001."""


class EnteredClaim(_Part):
    """The whole claim."""

    kind: Literal["invoice", "credit_note", "statement"] = "invoice"
    number: Needed
    issue_date: Annotated[date, BeforeValidator(_iso_day)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    supplier: Needed
    """Reference, such as SUP-2026-000001."""
    contract: Needed
    """Reference, such as CON-2026-000001."""
    net: Needed
    tax: Text = "0"
    gross: Needed
    lines: Annotated[tuple[EnteredLine, ...], Field(min_length=1, max_length=MOST_LINES)]


def entered(said: object) -> EnteredClaim:
    """Return what was entered as the strict model; refused with the first mistake."""
    try:
        return EnteredClaim.model_validate(said)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ", ".join(str(step) for step in first["loc"])
        what = str(first["msg"]).removeprefix("Value error, ")
        raise EnteredWrong(f"E_REVIEW_FORM: {place or 'the claim'}: {what}; correct it") from None


def entered_claim(said: EnteredClaim, format_name: str) -> ClaimDocument:
    """Return the claim that a person entered.

    Raises EnteredWrong where a line or the whole does not add up, naming both figures.
    """
    currency = said.currency
    numbered = enumerate(said.lines, start=1)
    lines = tuple(_line(line, number, currency) for number, line in numbered)
    net, tax, gross = (
        _money(getattr(said, name), currency, name) for name in ("net", "tax", "gross")
    )
    _agree("the lines add up to", total([line.net for line in lines], currency), "net", net)
    _agree("net and tax make", net + tax, "gross", gross)
    return ClaimDocument(
        format=format_name,
        kind=said.kind,
        number=said.number,
        issue_date=said.issue_date,
        currency=currency,
        seller_name="",
        seller_identifiers=(said.supplier,),
        buyer_name="",
        contract_reference=said.contract,
        net=net,
        tax=tax,
        gross=gross,
        payable=gross,
        lines=lines,
    )


def _line(said: EnteredLine, number: int, currency: str) -> ClaimLine:
    where = f"line {number}"
    try:
        quantity, price = quantity_e4(said.quantity), price_e6(said.price)
        product = extended(quantity, price, currency)
        rate = exact(said.tax_rate.removesuffix("%").strip() or "0").scaleb(RATE_PLACES)
    except Refused as error:
        raise EnteredWrong(f"E_REVIEW_FORM: {where}: {error}") from error
    if rate != rate.to_integral_value() or not 0 <= rate <= MOST_PERCENT * 10**RATE_PLACES:
        raise EnteredWrong(f"E_REVIEW_FORM: {where}: tax_rate is no percentage; correct it")
    net = _money(said.net, currency, f"{where}, net")
    product_of = f"{where}: {quantity_text(quantity)} x {price_text(price)} is"
    _agree(product_of, product, "its net", net)
    return ClaimLine(
        number=str(number),
        description=said.description,
        quantity_e4=quantity,
        unit=said.unit,
        price_e6=price,
        net=net,
        tax_category="",
        tax_rate_e4=int(rate),
        work_reference=said.work,
    )


def _money(text: str, currency: str, where: str) -> Money:
    try:
        return Money.parse(text or "0", currency)
    except Refused as error:
        raise EnteredWrong(f"E_REVIEW_FORM: {where}: {error}") from error


def _agree(what: str, computed: Money, name: str, stated: Money) -> None:
    if computed != stated:
        raise EnteredWrong(
            f"E_REVIEW_SUM: {what} {computed}, but {name} is {stated}; enter what the file says,"
            " or reject it where the file itself is wrong"
        )
