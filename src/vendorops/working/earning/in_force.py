"""Finds the pay plans that hold for a contract, and calculates what its facts come to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vendorops.books import Books
from vendorops.books.standing import stops
from vendorops.domain.earnings import KIND, Agreed, Fact, PayTerms, Statement, chained
from vendorops.domain.periods import Period
from vendorops.pay_plans import plan
from vendorops.settlement_methods import method
from vendorops.tables import AgreedTerm, Contract, Supplier
from vendorops.working.adjusting import agreed_terms, pay_terms_of


def plan_rows(books: Books, contract: Contract) -> list[AgreedTerm]:
    """Return the agreed pay plans of a contract by their first days."""
    return agreed_terms(books, contract.id, KIND)


def agreed_plans(books: Books, contract: Contract, ends_on: date | None = None) -> list[Agreed]:
    """Return them with their days: each until the next one, the last to the contract's end.

    `ends_on` stands in the place of that end, as it was known on an earlier day.
    """
    rows = plan_rows(books, contract)
    ends = [*(row.valid_from for row in rows[1:]), ends_on or contract.ends_on]
    shut = tuple(stops(books, books.get(Supplier, contract.supplier_id)))
    return [
        replace(
            with_shelves(row.reference, pay_terms_of(row), Period(row.valid_from, end)), shut=shut
        )
        for row, end in zip(rows, ends, strict=False)
        if row.valid_from < end
    ]


def with_shelves(reference: str, terms: PayTerms, within: Period) -> Agreed:
    """Return terms with the method and the plan that they name."""
    named = plan(terms.plan)
    return Agreed(
        reference=reference,
        terms=terms,
        within=within,
        measure=method(terms.method).basis,
        earn=named.earned,
        period=named.PERIOD,
        every=named.EVERY,
    )


def reads(terms: PayTerms) -> tuple[str, ...]:
    """Return the kinds of fact that method and plan read, and what may be taken off."""
    kinds = (*method(terms.method).READS, *plan(terms.plan).READS, "deduction", "advance")
    return tuple(dict.fromkeys(kinds))


def statements(
    books: Books, contract: Contract, facts: Sequence[Fact], over: date
) -> list[Statement]:
    """Return what facts come to under the agreed plans, for all stretches over on a day."""
    return chained(agreed_plans(books, contract), facts, over)
