"""What one person's hour or month may cost: rates by role, site, category and unit, dated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vendorops.domain.dated import Dated, NotInForce
from vendorops.domain.measure import price_text
from vendorops.domain.money import Rounding, exponent, rounded
from vendorops.domain.refusal import Refused

CATEGORIES = ("regular", "overtime", "double", "holiday")
UNITS = ("hour", "headcount_month")
MONTH_TERM = "headcount_month"


class RateDisagrees(Refused):
    """Pay, mark-up and bill of a rate are not of each other."""


class AboveCap(Refused):
    """An order agrees on more than its supplier's rate card lets it."""


def term_of(category: str, unit: str) -> str:
    """Return the term of the program that a rate bounds.

    >>> term_of("overtime", "hour"), term_of("regular", "headcount_month")
    ('overtime_hours', 'headcount_month')
    """
    return f"{category}_hours" if unit == "hour" else MONTH_TERM


def billed_e6(pay_e6: int, markup_e6: int, currency: str) -> int:
    """Return pay and mark-up together, rounded half up to the minor unit, in millionths.

    >>> billed_e6(35_200_000, 185_000, "CNY")
    41710000
    """
    minor: int = 10 ** (6 - exponent(currency))
    exact = Fraction(pay_e6 * (10**6 + markup_e6), 10**6 * minor)
    return rounded(exact, Rounding.HALF_UP) * minor


@dataclass(frozen=True)
class RateEntry:
    """One rate from a day on; prices in millionths of the major unit, the mark-up of the pay."""

    role: str
    site: str
    category: str
    unit: str
    bill_e6: int
    pay_e6: int
    markup_e6: int
    cap_e6: int
    valid_from: date

    def check(self, currency: str) -> None:
        """Refuse a rate whose parts do not agree to the unit, or that exceeds its own cap."""
        if self.pay_e6:
            due = billed_e6(self.pay_e6, self.markup_e6, currency)
            if due != self.bill_e6:
                raise RateDisagrees(
                    f"pay {price_text(self.pay_e6)} with a mark-up of {price_text(self.markup_e6)}"
                    f" comes to {price_text(due)}, not to the bill rate of"
                    f" {price_text(self.bill_e6)}; correct one of the three"
                )
        elif self.markup_e6:
            raise RateDisagrees("a mark-up needs the pay it is put on; give both or neither")
        if self.cap_e6 and self.bill_e6 > self.cap_e6:
            raise RateDisagrees(
                f"the bill rate of {price_text(self.bill_e6)} is above the cap of"
                f" {price_text(self.cap_e6)}; raise the cap or lower the rate"
            )


@dataclass(frozen=True)
class Rates:
    """The rates of one card, in the order they were added."""

    entries: tuple[RateEntry, ...]

    def on(self, day: date, role: str, site: str) -> dict[str, RateEntry]:
        """Return the rate of each term in force on a day; the narrowest line holds.

        A line for the role and the site comes before one for the role, one for the site, and one
        for everybody.
        """
        found: dict[str, RateEntry] = {}
        for entries in _alike(self.entries):
            first = entries[0]
            if first.role not in ("", role) or first.site not in ("", site):
                continue
            versions = Dated("a rate", {entry.valid_from: entry for entry in entries})
            try:
                entry = versions.on(day)
            except NotInForce:
                continue
            term = term_of(entry.category, entry.unit)
            if term not in found or _narrowness(entry) > _narrowness(found[term]):
                found[term] = entry
        return found


def _alike(entries: Iterable[RateEntry]) -> list[list[RateEntry]]:
    """Return entries by what they price, those of one price together."""
    found: dict[tuple[str, str, str, str], list[RateEntry]] = {}
    for entry in entries:
        key = (entry.role, entry.site, entry.category, entry.unit)
        found.setdefault(key, []).append(entry)
    return list(found.values())


def _narrowness(entry: RateEntry) -> tuple[bool, bool]:
    return entry.role != "", entry.site != ""
