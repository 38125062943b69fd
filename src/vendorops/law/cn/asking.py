"""How cases of `law evaluate` are read, and the few roundings that their rules share."""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import Jurisdiction
from vendorops.domain.money import Money, Rounding, exact
from vendorops.domain.refusal import Refused


class BadInput(Refused):
    """A case whose inputs are read but cannot be."""


class Asked(BaseModel):
    """Inputs of a case: nothing besides what a rule asks for; amounts are text."""

    model_config = ConfigDict(extra="forbid", strict=True)


def amount(text: str, place: Jurisdiction) -> Money:
    """Read an amount of a case, which is never below zero."""
    read = Money.parse(text, place.currency)
    if read.minor < 0:
        raise BadInput(f"{text} is below zero; a case is about what is paid")
    return read


def rate(text: str) -> Fraction:
    """Read a share such as 0.01."""
    read = Fraction(exact(text))
    if not 0 <= read <= 1:
        raise BadInput(f"{text} is not a share; write one per cent as 0.01")
    return read


def part(of: Money, factor: Fraction) -> Money:
    """Return a share of an amount, rounded half up to the fen."""
    return of.times(factor, rounding=Rounding.HALF_UP)


def without(gross: Money, tax_rate: Fraction) -> Money:
    """Return the amount without a tax that it includes, rounded half up to the fen."""
    return part(gross, 1 / (1 + tax_rate))


def warning(code: str, where: str, message: str) -> Finding:
    """Return something that whoever reads the answer must know."""
    return Finding(code, Level.WARNING, where, message)
