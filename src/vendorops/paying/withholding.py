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
    """Return the taxes kept back from a settlement that is paid on a day; none for companies.

    Whatever the person was paid before in the same month for the same kind of income, under any
    contract, counts with it; settlements made before this one come before it.
    """
    contract = books.get(Contract, settlement.contract_id)
    payee = books.get(Party, books.get(Supplier, settlement.supplier_id).party_id)
    law = jurisdiction(contract.place)  # Refused where no law is written: never silently no tax.
    if payee.kind != PayeeKind.PERSON:
        return []
    month = Period.month_of(day).label
    kind = IncomeKind(program(contract.program).income_kind)
    earlier = _earlier(books, settlement, payee, (contract.place, kind, month))
    currency = settlement.currency
    facts = WithholdingFacts(
        payer=PAYER,
        payee=PayeeKind.PERSON,
        resident=payee.place == contract.place,
        income_kind=kind,
        earlier_income=Money(
            sum({row.settlement_id: row.income_minor for row in earlier}.values()), currency
        ),
        earlier_withheld=total([Money(row.amount_minor, currency) for row in earlier], currency),
        payment=Money(settlement.net_minor, currency),
        day=day,
    )
    where = {"party_id": payee.id, "place": contract.place, "month": month}
    return [
        Assessed(where | _columns(law, facts, held), held.findings) for held in law.withheld(facts)
    ]


def _earlier(
    books: Books, settlement: Settlement, payee: Party, what: tuple[str, str, str]
) -> list[Withholding]:
    place, kind, month = what
    query = select(Withholding).where(
        col(Withholding.party_id) == payee.id,
        col(Withholding.place) == place,
        col(Withholding.income_kind) == kind,
        col(Withholding.month) == month,
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
