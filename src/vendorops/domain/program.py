"""What one kind of program has to say about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from vendorops.domain.contract_facts import Overtime
from vendorops.domain.money import Rounding, exponent, rounded
from vendorops.domain.refusal import Refused


class UnknownTerm(Refused):
    """The program has no such term, or the contract does not price it."""


@dataclass(frozen=True)
class Term:
    """Something a contract of the program may put a price or a share on."""

    code: str
    kind: str
    """`price`: millionths of the major unit; `share`: millionths of what it is taken of."""
    unit: str
    """UN/ECE Recommendation 20 code of the quantity it is multiplied with."""
    title: str


@dataclass(frozen=True)
class Performed:
    """A piece of work before it has a price."""

    term: str
    quantity_e4: int
    basis_minor: int = 0
    """What a share is taken of, such as a first-year salary; 0 where nothing is shared."""


Values = Mapping[str, int]
"""What a contract agreed on a day: term code to value_e6, and multiples by their names."""
Price = Callable[[Performed, Values, str], int]
"""Work, agreed values and currency to the unit price in millionths of the major unit."""


@dataclass(frozen=True)
class Program:
    """The ways in which programs differ; everything they share lives in the stages."""

    code: str
    title: str
    title_zh: str
    supplier_kinds: tuple[str, ...]
    work_kind: str
    terms: tuple[Term, ...]
    price: Price
    income_kind: str = "service_fee"
    """What the law calls the payee's income where the payee is a person."""
    overtime: Overtime | None = None
    """Multiples that are written into a contract whose parties chose none."""
    multiples: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Terms that cost a multiple of another: term code to that term and the multiple's name."""

    def term(self, code: str) -> Term:
        """Return a term, or refuse and name those there are."""
        for term in self.terms:
            if term.code == code:
                return term
        known = ", ".join(term.code for term in self.terms)
        raise UnknownTerm(f"{self.title} has no term {code!r}; it has {known}")


def agreed(values: Values, code: str) -> int:
    """Return what the contract agreed for a term, or refuse."""
    if code not in values:
        raise UnknownTerm(f"the contract puts no value on {code!r}; add the term to the contract")
    return values[code]


def share_of_basis(work: Performed, share_e6: int, currency: str) -> int:
    """Return the price of a share: of what the work states, rounded half up to the minor unit.

    >>> share_of_basis(Performed("expense", 10_000, basis_minor=128_50), 1_000_000, "CNY")
    128500000
    """
    minor = rounded(Fraction(work.basis_minor * share_e6, 10**6), Rounding.HALF_UP)
    scale: int = 10 ** (6 - exponent(currency))
    return minor * scale


EARNINGS = Term("earnings", "share", "C62", "Earnings by an agreed pay plan")
"""For programs whose people are paid by what they bring; its share is agreed as 1."""
