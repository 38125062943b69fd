"""Facts of one payment, the tax kept back from it, and the rows that tell the tax office."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Self

from vendorops.domain.finding import Finding
from vendorops.domain.money import Money, total
from vendorops.domain.payment_kinds import Group, IncomeKind, PayeeKind, PayerKind
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.domain.statute import Citation, LawOfDay


class BadWithholdingFacts(Refused):
    """Facts from which no tax can be computed."""


class BadReturnRow(Refused):
    """A row that no return can carry."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Who pays whom for what and when: all that decides which rules apply."""

    payer: PayerKind
    payee: PayeeKind
    resident: bool
    """Whether the payee is a tax resident of the place."""
    income_kind: IncomeKind
    day: date
    """Day on which the payment is made."""
    registered_platform: bool = False
    """Whether the tax office had the payer's basic information as a platform by that day."""
    group: Group = Group.GENERAL
    mode: str = ""
    """How people are engaged, such as `labor_dispatch`; empty where it does not matter."""
    standing: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What is known of the payee beside: `home` (place), `scheme` (of its number), and what was
    recorded of it for the law of the place, such as `tin: incorrect`."""
    payer_standing: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What was recorded of the payer for the law of the place, such as `persons_vat: withheld`."""
    vat_shown: bool = False
    """Whether the payee's invoice shows VAT, which somebody else therefore takes."""


@dataclass(frozen=True)
class MonthPaid:
    """What one payer paid one payee in an earlier month, for one kind of income."""

    month: str
    """Such as `2026-10`."""
    income: Money
    withheld: Money


@dataclass(frozen=True, kw_only=True)
class WithholdingFacts(Situation):
    """One payment of one item to one payee; all amounts without VAT or sales tax."""

    earlier_income: Money
    """Paid before in the same calendar month for the same item."""
    earlier_withheld: Money
    """Kept back from `earlier_income`."""
    payment: Money
    earlier_months: tuple[MonthPaid, ...] = ()
    """Earlier months of the year in which this payer paid, oldest first; the others are absent."""
    vat_kept_back: bool = False
    """Whether the VAT that a payer withholds is kept back beside; the payment is without it."""
    vat: Money | None = None
    """VAT kept back from this payment."""
    day_income: Money | None = None
    """Paid before on the same day, VAT included; None counts as nothing."""
    day_vat: Money | None = None
    """VAT kept back from `day_income`."""
    left: Money | None = None
    """What is left of the payment for taxes on the VAT kept back."""
    year_income: Money | None = None
    """Paid before in the same calendar year, whatever for; None counts as `earlier_income`."""
    last_year: tuple[Money, Money] | None = None
    """What was paid, and kept back, in the calendar year before; None where nobody looked."""

    def __post_init__(self) -> None:
        for what in ("earlier_income", "earlier_withheld", "payment"):
            if getattr(self, what).minor < 0:
                raise BadWithholdingFacts(
                    f"{what} is below zero; reverse the earlier payment and its tax instead"
                )
        if self.earlier_months:
            _in_order(self.earlier_months, Period.month_of(self.day).label)

    def situation_on(self, day: date) -> Situation:
        """Return who pays whom for what, as if it were on a day."""
        if day == self.day:
            return self
        asked = {part.name: getattr(self, part.name) for part in fields(Situation)}
        return Situation(**asked | {"day": day})

    def without_vat(self, vat: Money) -> Self:
        """Return the same payment without some VAT that is kept back from it."""
        return replace(self, payment=self.payment - vat, vat=vat, vat_kept_back=True)

    @property
    def before_in_year(self) -> Money:
        """What was paid before in the calendar year."""
        return self.earlier_income if self.year_income is None else self.year_income

    @property
    def month_income(self) -> Money:
        """All income of the item in the month, this payment included."""
        return self.earlier_income + self.payment


def _in_order(earlier: tuple[MonthPaid, ...], month: str) -> None:
    months = [paid.month for paid in earlier]
    of_year = all(each[:4] == month[:4] and each < month for each in months)
    if months != sorted(set(months)) or not of_year:
        raise BadWithholdingFacts(
            f"earlier months must be of the year, before {month}, oldest first, each once"
        )
    if any(paid.income.minor <= 0 or paid.withheld.minor < 0 for paid in earlier):
        raise BadWithholdingFacts("an earlier month has no income; leave it out")


@dataclass(frozen=True)
class Assessment:
    """What a formula answers."""

    base: Money
    """Taxable amount of the month so far."""
    amount: Money
    """To be kept back from this payment."""
    findings: tuple[Finding, ...] = ()
    added: Money | None = None
    """What this payment adds to the base, never below zero, where the rule itself knows it."""


@dataclass(frozen=True)
class Withheld:
    """One tax kept back from one payment, with everything it rests on."""

    tax: str
    """Code of the tax, such as `cn.iit.labor_remuneration`."""
    income: Money
    """The payment as the tax saw it: one on income does not see the VAT kept back."""
    base: Money
    amount: Money
    formula_since: date
    """First day of the formula that was in force."""
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    added: Money | None = None
    """What the payment adds to the base, where the rule itself knows it."""

    @property
    def version(self) -> str:
        """The rule that was used: first day of the formula, then of each parameter it read."""
        read = ",".join(f"{cited.parameter}@{cited.since}" for cited in self.citations)
        return f"{self.tax}@{self.formula_since}({read})"


@dataclass(frozen=True)
class ReturnRow:
    """What one payee earned in the period, and what was kept back, for one tax."""

    payee: str
    """Our token for the payee, such as a row id; never the identity number."""
    identity: str
    """The payee's identity number, handed over by the vault; it goes into the bytes only."""
    tax: str
    income: Money
    base: Money
    withheld: Money
    version: str
    home: str = ""
    """Place in which the payee lives or sits; empty where nobody asked."""

    def __post_init__(self) -> None:
        _plain("payee", self.payee)
        _plain("identity", self.identity)

    def __repr__(self) -> str:
        return f"ReturnRow({self.payee}, {self.tax}, {self.withheld})"


@dataclass(frozen=True)
class ReturnFacts:
    """Everything a return says."""

    agent: str
    """Registration number of the company that kept the tax back."""
    period: Period
    currency: str
    rows: tuple[ReturnRow, ...]
    law: LawOfDay | None = None
    """Of the first day of the period; the place hands it over."""

    def __post_init__(self) -> None:
        _plain("agent", self.agent)

    @property
    def in_order(self) -> list[ReturnRow]:
        """The rows by tax and payee, so that the bytes do not depend on how they were found."""
        return sorted(self.rows, key=lambda row: (row.tax, row.payee, row.identity, row.version))

    @property
    def totals(self) -> tuple[Money, Money, Money]:
        """Income, base and withheld tax of all rows; one foreign currency is a defect."""
        return (
            total([row.income for row in self.rows], self.currency),
            total([row.base for row in self.rows], self.currency),
            total([row.withheld for row in self.rows], self.currency),
        )


def _plain(what: str, text: str) -> None:
    """Refuse what is no number or token: a spreadsheet must not take it for a formula."""
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z ./_-]*", text, re.ASCII):
        raise BadReturnRow(
            f"the {what} of a return may hold letters, digits and ' ./_-' only; correct the record"
        )
