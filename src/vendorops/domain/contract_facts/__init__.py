"""What the parties of one contract agreed, as facts: the text is set from them, stages read them.

Every amount is a whole number of minor units, every share counts millionths, every day is a day.
A contradiction is refused where the fact is made, so that none is ever printed or signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vendorops.domain.contract_facts.clauses import (
    LONGEST_DAYS,
    Acceptance,
    Contradiction,
    Guarantee,
    GuaranteeStep,
    Overtime,
    PaymentTerm,
    PriceTolerance,
    Rate,
    ServiceLevel,
    Tier,
    check_days,
    require,
)
from vendorops.domain.money import LIMIT_MINOR, exponent

__all__ = [
    "SCHEMA",
    "Acceptance",
    "ContractFacts",
    "Contradiction",
    "Guarantee",
    "GuaranteeStep",
    "Overtime",
    "PaymentTerm",
    "PriceTolerance",
    "Rate",
    "ServiceLevel",
    "Tier",
    "check_days",
]

SCHEMA = 1
"""Version of the shape below; a new shape is a new number, and old contracts keep theirs."""
LANGUAGES = ("zh", "en", "zh,en")
TAX_TREATMENTS = ("exclusive", "inclusive", "withheld")
"""Prices are without value-added tax, with it, or what a person earns before tax is withheld."""
LONGEST_MONTHS = 120

Particulars = Mapping[str, str | Sequence[Mapping[str, str]]]
"""What is only words: strings by name, and tables whose cells are strings."""


@dataclass(frozen=True)
class ContractFacts:
    """One contract, or what one amendment made of it."""

    currency: str
    starts_on: date
    ends_on: date
    """First day no longer covered."""
    cap_minor: int
    languages: str
    scope: str
    rates: tuple[Rate, ...]
    law: str
    """Place whose law governs."""
    tax_treatment: str
    acceptance: Acceptance = field(default_factory=Acceptance)
    payment: PaymentTerm = field(default_factory=PaymentTerm)
    notice_days: int = 30
    guarantee: Guarantee | None = None
    service_levels: tuple[ServiceLevel, ...] = ()
    overtime: Overtime | None = None
    tolerance: PriceTolerance | None = None
    """None where the company's own tolerance decides."""
    renewal_months: int = 0
    """For how long a renewal is drafted; 0 where the contract simply lapses."""
    liability_cap_minor: int = 0
    """0 where the parties set none."""
    insurance_minimum_minor: int = 0
    non_solicit_months: int = 0
    court: str = ""
    particulars: Particulars = field(default_factory=dict)
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        require(self.schema == SCHEMA, f"facts of schema {self.schema} are not known here")
        exponent(self.currency)
        check_days(self.starts_on, self.ends_on)
        require(
            0 < self.cap_minor < LIMIT_MINOR, "cap must be above nothing, the most to be spent"
        )
        require(self.languages in LANGUAGES, f"languages are one of {'; '.join(LANGUAGES)}")
        known = ", ".join(TAX_TREATMENTS)
        require(self.tax_treatment in TAX_TREATMENTS, f"tax_treatment is one of {known}")
        require(0 <= self.notice_days <= LONGEST_DAYS, "notice_days lie between 0 and 365")
        for name in ("renewal_months", "non_solicit_months"):
            within = 0 <= getattr(self, name) <= LONGEST_MONTHS
            require(within, f"{name} lie between 0 and {LONGEST_MONTHS}")
        for name in ("liability_cap_minor", "insurance_minimum_minor"):
            require(0 <= getattr(self, name) < LIMIT_MINOR, f"{name} is an amount from 0")
        self._check_rates()
        codes = [level.code for level in self.service_levels]
        require(len(set(codes)) == len(codes), "a service level is there twice; keep one")

    def _check_rates(self) -> None:
        require(bool(self.rates), "terms: agree on one price or share at least")
        begun = [(rate.code, rate.valid_from) for rate in self.rates]
        for number, rate in enumerate(self.rates, start=1):
            where = f"terms {number}: "
            inside = self.starts_on <= rate.valid_from < self.ends_on
            require(inside, f"{where}valid_from must lie within the contract")
            twice = begun.count((rate.code, rate.valid_from)) > 1
            require(not twice, f"{where}{rate.code} has two values from the same day; keep one")

    def rates_on(self, day: date) -> dict[str, Rate]:
        """Return the rate of each code that holds on a day."""
        begun = sorted(
            (rate for rate in self.rates if rate.valid_from <= day),
            key=lambda rate: rate.valid_from,
        )
        return {rate.code: rate for rate in begun}

    def values(self, day: date, quantities: Mapping[str, int] | None = None) -> dict[str, int]:
        """Return what was agreed on a day, as a program prices by it: values and multiples.

        `quantities` are those of one service sheet by code, in ten-thousandths: they choose tiers.
        """
        counted = quantities or {}
        rates = self.rates_on(day)
        agreed = {code: rate.value(counted.get(code, 0)) for code, rate in rates.items()}
        return {**agreed, **(self.overtime.values() if self.overtime else {})}
