"""Whether many registrations as sole traders look as if somebody registers people in bulk.

Source: SAT/MIIT/CAC Announcement 2025 No. 22, item 3: registering businesses in bulk, or otherwise
guiding people to convert or split income, is serious once it goes on after an order. How many are
many no act says: these are our own numbers, and told as not confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.periods import iso_day
from vendorops.law.cn.asking import Asked


class Registration(Asked):
    """One application, as the tax office or the market regulator got it."""

    agent: str
    address: str
    day: str


class Registrations(Asked):
    """Applications that are looked at together."""

    registrations: list[Registration]


@dataclass(frozen=True)
class Filed:
    """Who filed an application, for which address, on which day."""

    agent: str
    address: str
    day: date


def red_flags(filed: Sequence[Filed], last: Filed, law: LawOfDay) -> tuple[str, ...]:
    """Return what of the last application is too often among those filed so far, itself included.

    By one agent within some days, at one address, on one day; blanks and letter case aside.
    """
    window = timedelta(days=int(law.number("registrations.window")))
    begun = last.day - window
    counts = {
        "agent": sum(
            _same(each.agent, last.agent) and begun < each.day <= last.day for each in filed
        ),
        "address": sum(_same(each.address, last.address) for each in filed),
        "day": sum(each.day == last.day for each in filed),
    }
    most = {name: int(law.number(f"registrations.most_by_{name}")) for name in counts}
    return tuple(name for name, count in counts.items() if count > most[name])


def _same(one: str, other: str) -> bool:
    return (
        bool(one.strip()) and "".join(one.split()).casefold() == "".join(other.split()).casefold()
    )


def in_bulk(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return which of some applications stand out, and by what."""
    asked, law = Registrations.model_validate(inputs), place.law_of(day)
    filed = [Filed(each.agent, each.address, iso_day(each.day)) for each in asked.registrations]
    found = {name for each in filed for name in red_flags(filed, each, law)}
    return {"flags": sorted(found), "in_bulk": bool(found)}


RULES: dict[str, Rule] = {"registration.in_bulk": in_bulk}
