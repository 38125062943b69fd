"""The worked examples of a place's law, read from the files that lie beside its rules."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vendorops.domain.jurisdiction import IncomeKind, PayeeKind, PayerKind, WithholdingFacts
from vendorops.domain.money import Money
from vendorops.exact_yaml import exact_yaml
from vendorops.law import CASES, BadLawFile, texts


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ExampleFacts(_Strict):
    """The facts of one payment, amounts in major units."""

    payer: Annotated[PayerKind, Field(strict=False)]
    payee: Annotated[PayeeKind, Field(strict=False)]
    income_kind: Annotated[IncomeKind, Field(strict=False)]
    resident: bool
    earlier_income: Decimal
    earlier_withheld: Decimal
    payment: Decimal

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
        )


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


class TaxExamples(_Strict):
    """The file of a tax; its examples state only what differs from the common facts."""

    tax: str
    cases: list[Example]


class ReturnExamples(_Strict):
    """The file of a form."""

    form: str
    cases: list[DueExample]


def examples(code: str) -> list[TaxExamples | ReturnExamples]:
    """Return all files of worked examples of a place."""
    return [_read(text, stem + CASES) for stem, text in texts(code, CASES).items()]


def _read(text: str, where: str) -> TaxExamples | ReturnExamples:
    tree = exact_yaml(text, where)
    try:
        if "form" in tree:
            return ReturnExamples.model_validate(tree)
        return TaxExamples.model_validate(_spread(tree))
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(step) for step in first["loc"])
        raise BadLawFile(f"{where}: {at}: {first['msg']}") from error


def _spread(tree: dict[str, Any]) -> dict[str, Any]:
    """Give each example the common facts of its file."""
    common = tree.pop("facts", {})
    cases = [{**case, "facts": {**common, **case["facts"]}} for case in tree["cases"]]
    return {**tree, "cases": cases}


def money(amount: Decimal, currency: str) -> Money:
    """Turn an amount of an example into money."""
    return Money.parse(f"{amount:f}", currency)
