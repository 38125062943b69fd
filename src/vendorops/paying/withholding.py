"""Assesses the tax kept back from what a person is paid, by the law of the contract's place."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import (
    Citation,
    IncomeKind,
    Jurisdiction,
    PayeeKind,
    PayerKind,
    Situation,
    Withheld,
    WithholdingFacts,
)
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.payment_day import payment_day
from vendorops.programs import program
from vendorops.tables import (
    CheckFinding,
    Contract,
    LegalEntity,
    Party,
    Settlement,
    Supplier,
    Withholding,
)

PAYER = PayerKind.ENTERPRISE
"""We pay for our own needs; a platform that settles for others withholds by other rules."""


@dataclass(frozen=True)
class Assessed:
    """One tax of a settlement: the columns of its row, and what a person should know."""

    columns: dict[str, Any]
    findings: tuple[Finding, ...]


def assess(books: Books, settlement: Settlement) -> list[Assessed]:
    """Return the taxes kept back from a settlement on the day it is planned to be paid."""
    contract = books.get(Contract, settlement.contract_id)
    entity = books.get(LegalEntity, contract.legal_entity_id)
    return assess_on(books, settlement, payment_day(books, entity, settlement.due_on))


def assess_on(books: Books, settlement: Settlement, day: date) -> list[Assessed]:
    """Return the taxes kept back from a settlement that is paid on a day.

    Whatever the payee was paid before in the same month for the same kind of income, under any
    contract, counts with it; settlements made before this one come before it.
    """
    contract = books.get(Contract, settlement.contract_id)
    payee = books.get(Party, books.get(Supplier, settlement.supplier_id).party_id)
    law = jurisdiction(contract.place)  # Refused where no law is written: never silently no tax.
    situation = _situation(contract, payee, day)
    asked = [tax for tax in law.taxes if tax.applies(situation)]
    if not asked:
        return []
    facts = _facts(books, settlement, payee, situation)
    if any(tax.reads_year for tax in asked):
        facts = replace(facts, **_years(books, settlement, payee, facts))
    where = {"party_id": payee.id, "place": contract.place, "month": Period.month_of(day).label}
    return [
        Assessed(where | _columns(law, facts, held), held.findings) for held in law.withheld(facts)
    ]


def _situation(contract: Contract, payee: Party, day: date) -> Situation:
    is_person = payee.kind == PayeeKind.PERSON
    return Situation(
        payer=PAYER,
        payee=PayeeKind.PERSON if is_person else PayeeKind.COMPANY,
        resident=payee.place == contract.place,
        income_kind=IncomeKind(program(contract.program).income_kind),
        day=day,
        standing={"home": payee.place, "scheme": payee.identifier_scheme},
    )


def _facts(
    books: Books, settlement: Settlement, payee: Party, situation: Situation
) -> WithholdingFacts:
    """Return the facts of a payment, with what was paid before in the month for the same."""
    kind, month = situation.income_kind, Period.month_of(situation.day).label
    earlier = [row for row in _earlier(books, settlement, payee, month) if row.income_kind == kind]
    currency = settlement.currency
    return WithholdingFacts(
        **vars(situation),
        earlier_income=_income(earlier, currency),
        earlier_withheld=_kept_back(earlier, currency),
        payment=Money(settlement.net_minor, currency),
    )


def _years(
    books: Books, settlement: Settlement, payee: Party, facts: WithholdingFacts
) -> dict[str, Any]:
    """Return what was paid before in the year, and paid and kept back in the year before."""
    currency, year = settlement.currency, facts.day.year
    last = _earlier(books, settlement, payee, f"{year - 1}-%")
    return {
        "year_income": _income(_earlier(books, settlement, payee, f"{year}-%"), currency),
        "last_year": (_income(last, currency), _kept_back(last, currency)),
    }


def _income(rows: list[Withholding], currency: str) -> Money:
    return Money(sum({row.settlement_id: row.income_minor for row in rows}.values()), currency)


def _kept_back(rows: list[Withholding], currency: str) -> Money:
    return total([Money(row.amount_minor, currency) for row in rows], currency)


def _earlier(books: Books, settlement: Settlement, payee: Party, months: str) -> list[Withholding]:
    """Return what was taxed before in the place and currency, in months like a pattern."""
    contract = books.get(Contract, settlement.contract_id)
    query = select(Withholding).where(
        col(Withholding.party_id) == payee.id,
        col(Withholding.place) == contract.place,
        col(Withholding.currency) == settlement.currency,
        col(Withholding.month).like(months),
        col(Withholding.status) != WithholdingStatus.CANCELLED,
        col(Withholding.settlement_id) < settlement.id,
    )
    return list(books.session.exec(query))


def _columns(law: Jurisdiction, facts: WithholdingFacts, held: Withheld) -> dict[str, Any]:
    return {
        "tax": held.tax,
        "income_kind": facts.income_kind.value,
        "currency": facts.payment.currency,
        "income_minor": facts.payment.minor,
        "base_minor": max(_added_base(law, facts, held).minor, held.amount.minor),
        "amount_minor": held.amount.minor,
        "rule": held.formula_since.isoformat(),
        "citations": canonical([_cited(citation) for citation in held.citations]).decode(),
    }


def _cited(citation: Citation) -> dict[str, object]:
    return vars(citation) | {"since": citation.since.isoformat()}


def _added_base(law: Jurisdiction, facts: WithholdingFacts, held: Withheld) -> Money:
    """Return what this payment adds to the taxable amount of the month.

    Some taxes assess the month so far, others each payment by itself. A tax assesses the month
    when it makes no difference to its base whether the month's income came in one payment.
    """
    nothing = Money(0, facts.payment.currency)
    fresh = replace(facts, earlier_income=nothing, earlier_withheld=nothing)
    at_once = _base(law, replace(fresh, payment=facts.month_income), held.tax)
    if held.base != at_once:
        return held.base
    return held.base - _base(law, replace(fresh, payment=facts.earlier_income), held.tax)


def _base(law: Jurisdiction, facts: WithholdingFacts, tax: str) -> Money:
    return next(held.base for held in law.withheld(facts) if held.tax == tax)


def enter(books: Books, settlement: Settlement, assessed: list[Assessed]) -> None:
    """Put the taxes of a settlement in the books, and what a person should know of them."""
    for one in assessed:
        row = Withholding(id=books.key(), settlement_id=settlement.id, **one.columns)
        books.enter(row, because=f"{row.tax} on {settlement.reference}")
    found = {
        (finding.code, finding.where): finding for one in assessed for finding in one.findings
    }
    for finding in found.values():
        books.enter(
            CheckFinding(
                id=books.key(),
                subject_table="settlement",
                subject_id=settlement.id,
                code=finding.code,
                level=finding.level.value,
                place_in_source=finding.where,
                message=finding.message,
                found_on=books.as_of,
            )
        )
