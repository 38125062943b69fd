"""What money will be there, day by day: funds, payables, tax due, claims to come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.cash import CashDay, Expected, cash_days, lowest
from vendorops.domain.money import Money, total
from vendorops.forecasting.batches import in_batches
from vendorops.forecasting.claims import accepted_work, open_claims
from vendorops.forecasting.opening import Opening, opening_of
from vendorops.forecasting.settlements import parts_to_pay_anew, unpaid_settlements
from vendorops.forecasting.taxes import Due, taxes_due
from vendorops.tables import LegalEntity

__all__ = ["CashForecast", "forecast", "lowest"]


@dataclass(frozen=True)
class CashForecast:
    """What is expected, and what it leaves at the end of each day, by currency."""

    days: dict[str, list[CashDay]]
    expected: list[Expected]
    """Everything that falls due up to the last day, by day."""
    findings: list[str] = field(default_factory=list)
    """What it rests on and could not be known."""


def forecast(
    books: Books, first: date, count: int, entities: Sequence[LegalEntity] = ()
) -> CashForecast:
    """Return what stands at the end of so many days, for some of our companies or for all.

    Nothing is changed and nothing guessed: what the books cannot tell is a finding.
    """
    chosen = list(entities) or list(
        books.session.exec(select(LegalEntity).order_by(col(LegalEntity.code)))
    )
    openings = [each for entity in chosen for each in opening_of(books, entity)]
    taxes = [due for entity in chosen for due in taxes_due(books, entity)]
    expected = [each for entity in chosen for each in _expected(books, entity)]
    expected += [due.expected for due in taxes]
    days = {
        currency: cash_days(_opening(openings, currency), expected, first, count)
        for currency in _currencies(openings, expected)
    }
    last = max((of[-1].day for of in days.values()), default=first)
    return CashForecast(
        days,
        sorted(
            (each for each in expected if each.day <= last),
            key=lambda each: (each.day, each.amount.currency, each.expense, each.reference),
        ),
        _findings(openings, taxes),
    )


def _expected(books: Books, entity: LegalEntity) -> list[Expected]:
    return [
        *in_batches(books, entity),
        *unpaid_settlements(books, entity),
        *parts_to_pay_anew(books, entity),
        *open_claims(books, entity),
        *accepted_work(books, entity),
    ]


def _opening(openings: Sequence[Opening], currency: str) -> Money:
    there = [each.there for each in openings if each.there.currency == currency]
    return total(there, currency)


def _currencies(openings: Sequence[Opening], expected: Sequence[Expected]) -> list[str]:
    known = {each.there.currency for each in openings}
    return sorted(known | {each.amount.currency for each in expected})


def _findings(openings: Sequence[Opening], taxes: Sequence[Due]) -> list[str]:
    said = [each.finding for each in openings] + [each.finding for each in taxes]
    return list(dict.fromkeys(filter(None, said)))
