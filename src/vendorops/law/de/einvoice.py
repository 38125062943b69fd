"""Whether a domestic invoice between businesses must be an e-invoice (UStG s. 14, 27(38))."""

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel, ConfigDict

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.money import Money
from vendorops.domain.periods import iso_day


class Sent(BaseModel):
    """An invoice to a business in Germany, and who sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    date: str
    prior_year_revenue: str
    gross: str
    small_business: bool = False
    """Kleinunternehmer (UStG s. 19): receive, but need not issue."""


def everyone_may(_turnover: Money, _law: LawOfDay) -> bool:
    """To the end of 2026 anybody may send paper, and PDF with consent."""
    return True


def small_turnover_may(turnover: Money, law: LawOfDay) -> bool:
    """In 2027 those may whose turnover of the year before was small."""
    return turnover.minor <= law.money("einvoice.turnover_limit", turnover.currency).minor


def nobody_may(_turnover: Money, _law: LawOfDay) -> bool:
    """From 2028 on all send e-invoices."""
    return False


MAY_SEND: Dated[Callable[[Money, LawOfDay], bool]] = Dated(
    "who may send another invoice than an e-invoice",
    {
        date(2025, 1, 1): everyone_may,
        date(2027, 1, 1): small_turnover_may,
        date(2028, 1, 1): nobody_may,
    },
)


def domestic(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether PDF with consent will do; receiving e-invoices is a duty in any case."""
    asked = Sent.model_validate(inputs)
    day = iso_day(asked.date)
    law = place.law_of(day)
    gross, turnover = (
        Money.parse(text, place.currency) for text in (asked.gross, asked.prior_year_revenue)
    )
    small = gross.minor <= law.money("einvoice.small_gross", place.currency).minor
    exempt = small or asked.small_business
    return {
        "may_send_pdf_with_consent": exempt or MAY_SEND.on(day)(turnover, law),
        "exempt": exempt,
        "must_receive": True,
    }


RULES: dict[str, Rule] = {"einvoice.b2b_domestic": domestic}
