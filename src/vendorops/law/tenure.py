"""How long a place lets workers be leased to one company: the numbers of its law, as a clock."""

from datetime import date
from functools import lru_cache

from vendorops.domain.dated import NotInForce
from vendorops.domain.tenure import TenureRule
from vendorops.law import codes, defined, jurisdiction


@lru_cache(maxsize=4096)
def rule_of(place: str, day: date) -> TenureRule | None:
    """Return the clock of a place on a day; None where its law sets none, or did not yet."""
    if place not in places():
        return None
    (clock,) = defined(place, "TENURE")
    try:
        rule: TenureRule = clock(jurisdiction(place).law_of(day))
    except NotInForce:
        return None
    return rule


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """Return the places whose law sets a clock: only there anybody is counted."""
    return tuple(code for code in codes() if defined(code, "TENURE"))
