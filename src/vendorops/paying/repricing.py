"""Tells what would be kept back from the settlements of a month if the law were another.

Nothing is written: each settlement is assessed twice from the same facts, and where an earlier
one of the month would have kept back more or less, a later one that builds on it takes that in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.statements import withholdings_of
from vendorops.domain.jurisdiction import (
    Jurisdiction,
    LeviedOn,
    Parameters,
    Withheld,
    WithholdingFacts,
)
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.withholding import facts_of
from vendorops.tables import Contract, Settlement, Supplier, Withholding

Key = tuple[str, str, str, str]
"""Payee, place, our company with the kind of income, and month of payment: taxed together."""


@dataclass(frozen=True)
class Version:
    """One version of the law: of a day, or of the day of each payment; with numbers laid over."""

    day: date | None = None
    numbers: Mapping[str, Parameters] = field(default_factory=dict)
    """By place."""

    def law(self, place: str) -> Jurisdiction:
        """Return the law of a place with what is laid over it."""
        known = jurisdiction(place)
        return replace(known, parameters={**known.parameters, **self.numbers.get(place, {})})

    def withheld(self, place: str, facts: WithholdingFacts) -> dict[str, Withheld]:
        """Return what each tax keeps back; one that had not begun keeps back nothing."""
        law, day = self.law(place), self.day or facts.day
        begun = tuple(tax for tax in law.taxes if min(tax.formula.versions) <= day)
        answers = replace(law, taxes=begun).withheld(facts, by=day)
        return {answer.tax: answer for answer in answers}


@dataclass(frozen=True)
class Moved:
    """A tax of a settlement that one version of the law keeps back otherwise than another."""

    settlement: str
    payee: str
    """Reference of the supplier."""
    place: str
    rule: str
    before: Money
    after: Money
    because: tuple[str, ...]
    """What is another number or formula; empty where only an earlier payment moved it."""

    @property
    def difference(self) -> Money:
        """What is kept back more."""
        return self.after - self.before


@dataclass
class _Side:
    """What a version of the law would have made of payments so far beyond what the books say."""

    version: Version
    beyond: defaultdict[tuple[object, ...], int] = field(default_factory=lambda: defaultdict(int))
    """Income and tax on income of a month, VAT of a day, by what of whom."""

    def answers(
        self, key: Key, facts: WithholdingFacts, booked: Sequence[Withholding]
    ) -> dict[str, Withheld]:
        """Return what is kept back from the next settlement, and remember it."""
        income, withheld, vat = (*key, "income"), (*key, "withheld"), (*key, facts.day)
        changed = replace(
            facts,
            earlier_income=self._moved(facts.earlier_income, income),
            earlier_withheld=self._moved(facts.earlier_withheld, withheld),
            day_vat=self._moved(facts.day_vat, vat) if facts.day_vat else facts.day_vat,
        )
        found = self.version.withheld(key[1], changed)
        held = {row.tax: row for row in booked}
        for tax in self.version.law(key[1]).taxes:
            answer, row = found.get(tax.code), held.get(tax.code)
            more = (answer.amount.minor if answer else 0) - (row.amount_minor if row else 0)
            if tax.levied_on is LeviedOn.SALES:
                self.beyond[vat] += more
            elif tax.levied_on is LeviedOn.INCOME:
                self.beyond[withheld] += more
                if answer and row:
                    self.beyond[income] += answer.income.minor - row.income_minor
        return found

    def _moved(self, amount: Money, by: tuple[object, ...]) -> Money:
        return Money(max(0, amount.minor + self.beyond[by]), amount.currency)


def moved(books: Books, month: Period, before: Version, after: Version) -> list[Moved]:
    """Return every tax of the month's settlements whose amount moves, oldest settlement first."""
    sides = _Side(before), _Side(after)
    return [
        one
        for settlement in _settlements(books, month)
        for one in _moved(books, settlement, sides)
    ]


def _settlements(books: Books, month: Period) -> list[Settlement]:
    query = select(Settlement).where(
        col(Settlement.month) == month.label, col(Settlement.status) != SettlementStatus.REJECTED
    )
    return list(books.session.exec(query.order_by(col(Settlement.id))))


def _moved(books: Books, settlement: Settlement, sides: tuple[_Side, _Side]) -> Iterator[Moved]:
    contract = books.get(Contract, settlement.contract_id)
    place = contract.place
    facts = facts_of(replace(books, as_of=settlement.as_of), settlement)
    supplier = books.get(Supplier, settlement.supplier_id)
    ours = f"{contract.legal_entity_id} {facts.income_kind}"
    key = (supplier.reference, place, ours, Period.month_of(facts.day).label)
    booked = withholdings_of(books, settlement)
    old, new = (side.answers(key, facts, booked) for side in sides)
    nothing = Money(0, settlement.currency)
    for tax in dict.fromkeys([*old, *new]):
        before, after = (side[tax].amount if tax in side else nothing for side in (old, new))
        if before != after:
            rests = (
                _rests_on(side, place, found.get(tax))
                for side, found in zip(sides, (old, new), strict=True)
            )
            changed = next(rests) ^ next(rests)
            because = tuple(sorted({name for name, _ in changed}))
            yield Moved(settlement.reference, key[0], place, tax, before, after, because)


def _rests_on(side: _Side, place: str, found: Withheld | None) -> set[tuple[str, str]]:
    """Return the formula and the numbers that an answer rests on, with version and value."""
    if found is None:
        return set()
    numbers = side.version.law(place).parameters
    return {("formula", found.formula_since.isoformat())} | {
        (cited.parameter, numbers[cited.parameter].versions[cited.since].shown)
        for cited in found.citations
    }
