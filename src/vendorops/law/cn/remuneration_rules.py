"""Answers of `law evaluate` on incomes withheld per payment (iit.labor_remuneration.* and kin)."""

from datetime import date
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import (
    IncomeKind,
    Inputs,
    Jurisdiction,
    PayeeKind,
    PayerKind,
    Rule,
    WithholdingFacts,
)
from vendorops.domain.money import Money, total

LABOR = IncomeKind.LABOR_REMUNERATION


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Payment(_Asked):
    """One payment, alone in its month."""

    payment: str
    resident: bool = True


class MonthPayments(_Asked):
    """Payments of one item in the order in which they were made."""

    same_item_same_month_payments: list[str]


class ItemPayments(BaseModel):
    """One payment for each of several items, by the name of the item."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, str]
    same_month: bool


class SplitPayments(_Asked):
    """One item that was paid in parts."""

    one_item_paid_as: list[str]
    same_month: bool


class NonresidentPayment(_Asked):
    """One payment to a person who is not resident."""

    amount: str
    kind: Literal["labor", "author", "royalty"]


class _Month:
    """The payments of one item to one person in one month."""

    def __init__(self, place: Jurisdiction, day: date, kind: IncomeKind) -> None:
        self.place, self.day, self.kind = place, day, kind
        self.income = self.withheld = Money(0, place.currency)

    def pay(self, text: str, *, resident: bool = True) -> Money:
        """Pay an amount and return what is kept back from it."""
        facts = WithholdingFacts(
            payer=PayerKind.ENTERPRISE,
            payee=PayeeKind.PERSON,
            resident=resident,
            income_kind=self.kind,
            earlier_income=self.income,
            earlier_withheld=self.withheld,
            payment=Money.parse(text, self.place.currency),
            day=self.day,
        )
        kept = total([tax.amount for tax in self.place.withheld(facts)], self.place.currency)
        self.income, self.withheld = facts.month_income, self.withheld + kept
        return kept


def per_payment(
    kind: IncomeKind, inputs: Inputs, place: Jurisdiction, day: date
) -> dict[str, object]:
    """Return what is kept back from one payment, and what the payee gets."""
    asked = Payment.model_validate(inputs)
    month = _Month(place, day, kind)
    kept = month.pay(asked.payment, resident=asked.resident)
    return {"withheld": kept.text, "net": (month.income - kept).text}


def month_aggregate(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back from each payment of an item, and in the whole month."""
    asked = MonthPayments.model_validate(inputs)
    month = _Month(place, day, LABOR)
    kept = [month.pay(text).text for text in asked.same_item_same_month_payments]
    return {"incremental": kept, "month_total": month.withheld.text}


def two_items(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back from each item, which is a payment of its own in any month."""
    items = ItemPayments.model_validate(inputs).__pydantic_extra__
    kept = {item: _Month(place, day, LABOR).pay(text) for item, text in items.items()}
    whole = total(list(kept.values()), place.currency)
    return {**{item: tax.text for item, tax in kept.items()}, "total": whole.text}


def split_trap(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the month owes, and what is missing if each part is taxed alone."""
    asked = SplitPayments.model_validate(inputs)
    parts = asked.one_item_paid_as
    alone = total([_Month(place, day, LABOR).pay(text) for text in parts], place.currency)
    month = _Month(place, day, LABOR)
    together = total([month.pay(text) for text in parts], place.currency)
    correct = together if asked.same_month else alone
    return {
        "correct_month_total": correct.text,
        "wrong_if_split": alone.text,
        "shortfall": (correct - alone).text,
    }


def nonresident(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what is kept back from one payment to a person who is not resident."""
    asked = NonresidentPayment.model_validate(inputs)
    kinds = {"author": IncomeKind.AUTHOR_REMUNERATION, "royalty": IncomeKind.ROYALTY}
    month = _Month(place, day, kinds.get(asked.kind, LABOR))
    return {"withheld": month.pay(asked.amount, resident=False).text}


RULES: dict[str, Rule] = {
    "iit.labor_remuneration.per_payment": partial(per_payment, LABOR),
    "iit.labor_remuneration.month_aggregate": month_aggregate,
    "iit.labor_remuneration.two_items": two_items,
    "iit.labor_remuneration.split_trap": split_trap,
    "iit.author_remuneration": partial(per_payment, IncomeKind.AUTHOR_REMUNERATION),
    "iit.royalty": partial(per_payment, IncomeKind.ROYALTY),
    "iit.nonresident": nonresident,
}
