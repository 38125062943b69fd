"""What the law of one place has to say: numbers, taxes, returns and working days."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from vendorops.domain.dated import Dated
from vendorops.domain.duty import Applicable, Duty
from vendorops.domain.money import total
from vendorops.domain.payment_kinds import Group, IncomeKind, LeviedOn, PayeeKind, PayerKind
from vendorops.domain.periods import Calendar, Period
from vendorops.domain.refusal import Refused
from vendorops.domain.statute import Bracket, Citation, Figure, LawOfDay, Parameters
from vendorops.domain.tax_return import Deadline, DueRule, Reminder, Return
from vendorops.domain.withholding import (
    Assessment,
    MonthPaid,
    ReturnFacts,
    ReturnRow,
    Situation,
    Withheld,
    WithholdingFacts,
)

if TYPE_CHECKING:
    from vendorops.domain.withholding_columns import PaymentColumns, WithheldColumns

__all__ = [
    "Applicable",
    "Assessment",
    "Bracket",
    "BulkFormula",
    "Citation",
    "Deadline",
    "DueRule",
    "Duty",
    "Figure",
    "Formula",
    "Group",
    "IncomeKind",
    "Inputs",
    "Jurisdiction",
    "LawOfDay",
    "LeviedOn",
    "MonthPaid",
    "Parameters",
    "PayeeKind",
    "PayerKind",
    "Reminder",
    "Return",
    "ReturnFacts",
    "ReturnRow",
    "Rule",
    "Situation",
    "Tax",
    "Withheld",
    "WithholdingFacts",
]

Formula = Callable[[WithholdingFacts, LawOfDay], Assessment]
BulkFormula = Callable[["PaymentColumns", LawOfDay], "WithheldColumns"]
Inputs = Mapping[str, object]
"""What a worked case gives a rule, before it is checked."""


class UnknownInLaw(Refused):
    """The place has no tax or form of that name."""


class WrongCurrency(Refused):
    """The place assesses its taxes in another currency."""


@dataclass(frozen=True)
class Tax:
    """One tax that a payer keeps back from payments."""

    code: str
    """Such as `cn.iit.labor_remuneration`."""
    title: str
    applies: Callable[[Situation], bool]
    """Whether the tax has anything to say on a payment, even if that is zero."""
    formula: Dated[Formula]
    bulk: Dated[BulkFormula] | None = None
    """The same rule on columns of minor units, where it is worth having."""
    reads_year: bool = False
    """Whether it asks what was paid before in the year, which is looked up only then."""
    levied_on: LeviedOn = LeviedOn.INCOME


@dataclass(frozen=True)
class Jurisdiction:
    """One place: a folder under law/."""

    code: str
    title: str
    currency: str
    parameters: Parameters
    taxes: tuple[Tax, ...]
    returns: tuple[Return, ...]
    calendar: Callable[[range], Calendar]
    """Working days of a range of years."""
    duties: tuple[Duty, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What may be recorded of payees because a rule asks for it: name, and its values."""
    payer_standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What may be recorded of our own companies for the same reason."""

    def law_of(self, day: date) -> LawOfDay:
        """Return a fresh reader of the numbers in force on a day."""
        return LawOfDay(self.parameters, day)

    def withheld(self, facts: WithholdingFacts, by: date | None = None) -> tuple[Withheld, ...]:
        """Return what each tax that applies keeps back from a payment, zero included.

        The law is that of the payment's day, or of the day given.
        """
        day = by or facts.day
        asked = [tax for tax in self.taxes if tax.applies(facts.situation_on(day))]
        if asked:
            self._check(facts.payment.currency)
        return tuple(self._in_turn(asked, facts, day))

    def _in_turn(
        self, asked: Sequence[Tax], facts: WithholdingFacts, day: date
    ) -> Iterator[Withheld]:
        """Yield VAT first, then taxes on the income without it, then those on the VAT."""
        turns = {on: [tax for tax in asked if tax.levied_on is on] for on in LeviedOn}
        currency = facts.payment.currency
        vat = [self._withheld(tax, facts, day) for tax in turns[LeviedOn.SALES]]
        yield from vat
        if vat:
            facts = facts.without_vat(total([each.amount for each in vat], currency))
        on_income = [self._withheld(tax, facts, day) for tax in turns[LeviedOn.INCOME]]
        yield from on_income
        left = facts.payment - total([each.amount for each in on_income], currency)
        for tax in turns[LeviedOn.VAT]:
            yield self._withheld(tax, replace(facts, left=left), day)

    def applicable(self, situation: Situation) -> tuple[Applicable, ...]:
        """Return which rules the law has for a situation: taxes kept back first, then duties.

        Raises NotInForce for a day before a tax that would apply began.
        """
        kept_back = (
            Applicable(tax.code, tax.title, kept_back=True, since=tax.formula.since(situation.day))
            for tax in self.taxes
            if tax.applies(situation)
        )
        asked = (
            Applicable(duty.rule, duty.title, kept_back=False, since=duty.since)
            for duty in self.duties
            if duty.holds(situation)
        )
        return (*kept_back, *asked)

    def _check(self, currency: str) -> None:
        if currency != self.currency:
            raise WrongCurrency(
                f"{self.title} taxes in {self.currency}; the payment is in {currency}: convert it "
                "at the rate of the day first"
            )

    def _withheld(self, tax: Tax, facts: WithholdingFacts, day: date) -> Withheld:
        law = self.law_of(day)
        answer = tax.formula.on(day)(facts, law)
        return Withheld(
            tax=tax.code,
            income=facts.payment,
            base=answer.base,
            amount=answer.amount,
            formula_since=tax.formula.since(day),
            citations=law.citations,
            findings=answer.findings + law.findings,
            added=answer.added,
        )

    def withheld_bulk(
        self, code: str, columns: "PaymentColumns", day: date
    ) -> tuple["WithheldColumns", tuple[Citation, ...]]:
        """Return what one tax keeps back from many payments of a day, and what that rests on."""
        tax = self.tax(code)
        if tax.bulk is None:
            raise UnknownInLaw(f"{code} is not written for columns; withhold row by row")
        self._check(columns.currency)
        law = self.law_of(day)
        return tax.bulk.on(day)(columns, law), law.citations

    def tax(self, code: str) -> Tax:
        """Return one tax by its code."""
        for tax in self.taxes:
            if tax.code == code:
                return tax
        raise UnknownInLaw(f"{self.title} has no tax {code!r}; it has {_names(self.taxes)}")

    def return_of(self, form: str) -> Return:
        """Return one form by its name; a report is one that declares no tax."""
        for known in (*self.returns, *(each.followed for each in self.reminders)):
            if known.form == form:
                return known
        raise UnknownInLaw(f"{self.title} has no form {form!r}; it has {_names(self.returns)}")

    def due(self, form: str, period: Period) -> Deadline:
        """Return the last day for the return of a month or longer, with what that day rests on."""
        return self.due_of(self.return_of(form), period)

    def due_of(self, form: Return | Reminder, period: Period) -> Deadline:
        """Return the last day for a return or report, with what that day rests on."""
        whole = form.period(period)
        law = self.law_of(whole.end)
        calendar = self.calendar(range(whole.start.year, whole.end.year + 2))
        day = form.due.on(whole.end)(whole, calendar, law)
        return Deadline(form.form, day, law.citations, law.findings)

    def render_return(self, form: str, facts: ReturnFacts) -> bytes:
        """Return the bytes of a filled form: the same for the same facts, always."""
        wanted = self.return_of(form)
        stray = sorted({row.tax for row in facts.rows} - set(wanted.taxes))
        if stray:
            raise UnknownInLaw(f"form {form} does not declare {', '.join(stray)}; take those out")
        return wanted.render(replace(facts, law=self.law_of(facts.period.start)))


Rule = Callable[[Inputs, Jurisdiction, date], dict[str, object]]
"""A rule that `law evaluate` may be asked: inputs of a case, place, day of the law.

The amounts it answers are plain decimals in text; a tuple of findings may stand under `findings`.
"""


def _names(known: tuple[Tax, ...] | tuple[Return, ...]) -> str:
    names = [item.code if isinstance(item, Tax) else item.form for item in known]
    return ", ".join(names) or "none"
