"""The worked examples of a place's law, read from the files that lie beside its rules."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vendorops.domain.jurisdiction import (
    Group,
    IncomeKind,
    MonthPaid,
    PayeeKind,
    PayerKind,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.exact_yaml import exact_yaml
from vendorops.law import CASES, BadLawFile, texts


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ExampleMonth(_Strict):
    """An earlier month of the year, amounts in major units."""

    month: str
    income: Decimal
    withheld: Decimal

    def paid(self, currency: str) -> MonthPaid:
        """Return it as a fact."""
        amounts = (money(self.income, currency), money(self.withheld, currency))
        return MonthPaid(self.month, *amounts)


class ExampleFacts(_Strict):
    """The facts of one payment, amounts in major units."""

    payer: Annotated[PayerKind, Field(strict=False)]
    payee: Annotated[PayeeKind, Field(strict=False)]
    income_kind: Annotated[IncomeKind, Field(strict=False)]
    resident: bool
    earlier_income: Decimal
    earlier_withheld: Decimal
    payment: Decimal
    registered_platform: bool = False
    group: Annotated[Group, Field(strict=False)] = Group.GENERAL
    earlier_months: list[ExampleMonth] = []
    year_income: Decimal | None = None
    standing: dict[str, str] = {}
    payer_standing: dict[str, str] = {}
    day_income: Decimal | None = None
    day_vat: Decimal | None = None
    last_year: Annotated[list[Decimal], Field(min_length=2, max_length=2)] | None = None

    def on(self, day: date, currency: str) -> WithholdingFacts:
        """Return them as the facts of a payment of a day."""
        return WithholdingFacts(
            payer=self.payer,
            payee=self.payee,
            income_kind=self.income_kind,
            resident=self.resident,
            earlier_income=money(self.earlier_income, currency),
            earlier_withheld=money(self.earlier_withheld, currency),
            payment=money(self.payment, currency),
            day=day,
            registered_platform=self.registered_platform,
            group=self.group,
            earlier_months=tuple(each.paid(currency) for each in self.earlier_months),
            year_income=_maybe(self.year_income, currency),
            day_income=_maybe(self.day_income, currency),
            day_vat=_maybe(self.day_vat, currency),
            payer_standing=self.payer_standing,
            standing=self.standing,
            last_year=self._last_year(currency),
        )

    def _last_year(self, currency: str) -> tuple[Money, Money] | None:
        if self.last_year is None:
            return None
        paid, withheld = (money(amount, currency) for amount in self.last_year)
        return paid, withheld


class Expected(_Strict):
    """What a payment comes to, in major units."""

    base: Decimal
    amount: Decimal


class Example(_Strict):
    """One payment, worked out by hand."""

    case: str
    day: date
    facts: ExampleFacts
    expected: Expected


class DueExample(_Strict):
    """One last day for filing, as published."""

    case: str
    period: str
    due: date


def _whole(value: object) -> object:
    """Return data in which plain decimals without a fraction are whole numbers, as in JSON.

    >>> _whole({"year": Decimal("2026"), "rate": [Decimal("0.10")]})
    {'year': 2026, 'rate': [Decimal('0.10')]}
    """
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else value  # type: ignore[call-overload]  # Decimal it is.


Data = Annotated[dict[str, Any], BeforeValidator(_whole)]


class RuleExample(_Strict):
    """One question to a rule of `law evaluate`, and what its answer must hold."""

    case: str
    day: date
    inputs: Data
    expected: Annotated[Data, Field(min_length=1)]
    rule: str = ""
    """Named where the file is about several rules."""
    switches: dict[str, str] = {}
    """Readings of unclear law that it follows in place of those on the shelf."""
    unsure: list[str] = []
    """Everything that the law must note: codes of findings, or parameters that are not sure."""


class TaxExamples(_Strict):
    """The file of a tax; its examples state only what differs from the common facts."""

    tax: str
    cases: list[Example]


class ReturnExamples(_Strict):
    """The file of a form."""

    form: str
    cases: list[DueExample]


class RuleExamples(_Strict):
    """The file of rules that `law evaluate` is asked; amounts are text, as it answers them."""

    rule: str = ""
    cases: list[RuleExample]


Examples = TaxExamples | ReturnExamples | RuleExamples


def examples(code: str) -> list[Examples]:
    """Return all files of worked examples of a place."""
    return [_read(text, stem + CASES) for stem, text in texts(code, CASES).items()]


def _read(text: str, where: str) -> Examples:
    tree = exact_yaml(text, where)
    try:
        if "form" in tree:
            return ReturnExamples.model_validate(tree)
        if "tax" not in tree:
            return _rule_examples(RuleExamples.model_validate(tree), where)
        return TaxExamples.model_validate(_spread(tree))
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(step) for step in first["loc"])
        raise BadLawFile(f"{where}: {at}: {first['msg']}") from error


def _rule_examples(file: RuleExamples, where: str) -> RuleExamples:
    """Give each example the rule of its file, where it names none itself."""
    named = [case.model_copy(update={"rule": case.rule or file.rule}) for case in file.cases]
    nameless = [case.case for case in named if not case.rule]
    if nameless:
        raise BadLawFile(f"{where}: {nameless[0]}: name the rule it asks")
    return file.model_copy(update={"cases": named})


def _spread(tree: dict[str, Any]) -> dict[str, Any]:
    """Give each example the common facts of its file."""
    common = tree.pop("facts", {})
    cases = [{**case, "facts": {**common, **case["facts"]}} for case in tree["cases"]]
    return {**tree, "cases": cases}


def _maybe(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else money(amount, currency)


def money(amount: Decimal, currency: str) -> Money:
    """Turn an amount of an example into money."""
    return Money.parse(f"{amount:f}", currency)
