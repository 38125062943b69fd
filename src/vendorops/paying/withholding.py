"""Assesses the tax kept back from what a person is paid, by the law of the contract's place."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from vendorops.books import Books, canonical
from vendorops.books.tax_standing import payer_standing_of, standing_of
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import (
    Citation,
    Group,
    IncomeKind,
    Jurisdiction,
    LeviedOn,
    PayeeKind,
    PayerKind,
    Situation,
    Withheld,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.domain.payment_kinds import GROUP, INCOME
from vendorops.domain.periods import Period
from vendorops.law import jurisdiction
from vendorops.paying.payment_day import payment_day
from vendorops.paying.taxed_before import earlier, income_of, kept_back_of, of_day, of_years
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

    Whatever our same company paid the payee before in the same month for the same kind of income,
    under any contract, counts with it; settlements made before this one come before it. A tax that
    reads the year counts what it was on before, whatever kind of income that was.
    """
    contract = books.get(Contract, settlement.contract_id)
    payee = _payee(books, settlement)
    law = jurisdiction(contract.place)  # Refused where no law is written: never silently no tax.
    situation = _situation(books, settlement, payee, day)
    if not any(tax.applies(situation) for tax in law.taxes):
        return []
    facts = _facts(books, settlement, situation, law)
    where = {"party_id": payee.id, "place": contract.place, "month": Period.month_of(day).label}
    noted = _as_recorded(situation)
    return [
        Assessed(where | _columns(law, facts, held), (*held.findings, *noted))
        for held in law.withheld(facts)
    ]


def facts_of(books: Books, settlement: Settlement) -> WithholdingFacts:
    """Return the facts that a settlement's tax rests on, on the day it is planned to be paid."""
    contract = books.get(Contract, settlement.contract_id)
    payer = books.get(LegalEntity, contract.legal_entity_id)
    day = payment_day(books, payer, settlement.due_on)
    situation = _situation(books, settlement, _payee(books, settlement), day)
    return _facts(books, settlement, situation, jurisdiction(contract.place))


def _payee(books: Books, settlement: Settlement) -> Party:
    return books.get(Party, books.get(Supplier, settlement.supplier_id).party_id)


def _situation(books: Books, settlement: Settlement, payee: Party, day: date) -> Situation:
    contract = books.get(Contract, settlement.contract_id)
    payer = books.get(LegalEntity, contract.legal_entity_id)
    is_person, since = payee.kind == PayeeKind.PERSON, payer.platform_since
    known = standing_of(books, payee, contract.place, day)
    return Situation(
        payer=PayerKind.PLATFORM if since else PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON if is_person else PayeeKind.COMPANY,
        resident=payee.place == contract.place,
        income_kind=IncomeKind(known.get(INCOME, program(contract.program).income_kind)),
        day=day,
        registered_platform=since is not None and since <= day,
        group=Group(known.get(GROUP, Group.GENERAL)),
        standing=known,
        payer_standing=payer_standing_of(books, payer, contract.place, day),
        vat_shown=settlement.tax_minor > 0,
    )


def _as_recorded(situation: Situation) -> tuple[Finding, ...]:
    """Return what the approver should know of a payee that is not taxed as its program is."""
    return tuple(
        Finding(
            "taxed-as-recorded",
            Level.WARNING,
            f"payee: {name}",
            f"taxed as recorded of the payee, {name}={situation.standing[name]}, which holds for "
            "all its contracts of the place: see that this is what it is paid for",
        )
        for name in (GROUP, INCOME)
        if name in situation.standing
    )


def _facts(
    books: Books, settlement: Settlement, situation: Situation, law: Jurisdiction
) -> WithholdingFacts:
    """Return the facts of a payment, with what was paid before in the month for the same."""
    asked = [tax for tax in law.taxes if tax.applies(situation)]
    of_year = frozenset(tax.code for tax in asked if tax.reads_year)
    in_price = frozenset(tax.code for tax in asked if tax.levied_on is LeviedOn.SALES)
    kind, month = situation.income_kind, Period.month_of(situation.day).label
    before = [
        row
        for row in earlier(books, settlement, month)
        if (row.tax in of_year if of_year else row.income_kind == kind)
    ]
    currency = settlement.currency
    day: dict[str, Any] = of_day(books, settlement, situation.day, in_price) if in_price else {}
    facts = WithholdingFacts(
        **vars(situation),
        earlier_income=income_of(before, currency),
        earlier_withheld=kept_back_of(before, currency),
        payment=Money(settlement.net_minor, currency),
        **day,
    )
    return replace(facts, **of_years(books, settlement, facts, of_year)) if of_year else facts


def _columns(law: Jurisdiction, facts: WithholdingFacts, held: Withheld) -> dict[str, Any]:
    of_day = law.tax(held.tax).levied_on is LeviedOn.SALES
    income, withheld = (facts.day_income, facts.day_vat) if of_day else (None, None)
    return {
        "day_income_minor": None if income is None else income.minor,
        "day_withheld_minor": None if withheld is None else withheld.minor,
        "tax": held.tax,
        "income_kind": facts.income_kind.value,
        "currency": facts.payment.currency,
        "income_minor": held.income.minor,
        "base_minor": max(_added_base(law, facts, held).minor, held.amount.minor),
        "amount_minor": held.amount.minor,
        "rule": held.formula_since.isoformat(),
        "citations": canonical([_cited(citation) for citation in held.citations]).decode(),
    }


def _cited(citation: Citation) -> dict[str, object]:
    return vars(citation) | {"since": citation.since.isoformat()}


def _added_base(law: Jurisdiction, facts: WithholdingFacts, held: Withheld) -> Money:
    """Return what this payment adds to the taxable amount of the month.

    A tax of the year knows it. Some taxes assess the month so far, others each payment by itself.
    A tax assesses the month when it makes no difference to its base whether the month's income
    came in one payment.
    """
    if held.added is not None:
        return held.added
    nothing = Money(0, facts.payment.currency)
    fresh = replace(facts, earlier_income=nothing, earlier_withheld=nothing, payer_standing={})
    at_once = _base(law, replace(fresh, payment=facts.earlier_income + held.income), held.tax)
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
