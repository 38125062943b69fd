"""Proposes that we write a supplier's invoices, within what the law of the place allows."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator
from sqlmodel import col, select

from vendorops.billing_law import billing_law
from vendorops.books import Books, log
from vendorops.documents import contract_facts
from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.self_billed.files import printed_format
from vendorops.documents.self_billed.papers import REGISTERS
from vendorops.domain.lifecycle import ContractStatus, SelfBillingAgreementStatus
from vendorops.domain.refusal import Refused
from vendorops.domain.self_billing import Grouping, Schedule, TaxTreatment
from vendorops.tables import Contract, LegalEntity, Party, SelfBillingAgreement, Supplier

BINDING = (ContractStatus.SIGNED, ContractStatus.EFFECTIVE)
SERIES = r"[A-Z0-9]{1,12}-[A-Z0-9]{1,12}"
"""At least one hyphen, so that no series of ours is meant by it."""
LONGEST_DAYS = 90


class NotAgreeable(Refused):
    """The law, the contract or another agreement stands against it."""


def _days(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]?", text) or int(text) > LONGEST_DAYS:
        raise ValueError(f"must be a whole number of days from 1 to {LONGEST_DAYS}")
    return int(text)


class AgreementForm(Form):
    """What is proposed to the supplier."""

    contract: Words
    writes: Literal["invoice", "pro_forma"] = "invoice"
    series: str = ""
    """Made from the supplier's reference unless given."""
    grouping: Literal["contract", "cost_centre", "order", "sheet"] = "contract"
    schedule: Literal["accepted", "week", "month"] = "month"
    tax_treatment: str = ""
    format: str = "hybrid_pdf"
    objection_days: Annotated[str, AfterValidator(_days)] = "7"
    silence_agrees: Literal["yes", "no"] = "no"
    valid_from: IsoDay
    valid_until: IsoDay
    """Last day whose work is billed so."""


def propose(books: Books, data: bytes) -> SelfBillingAgreement:
    """Enter what the supplier is asked to agree to; the same again is the same proposal.

    Raises NotAgreeable where the law of the place does not let the buyer write invoices, does not
    know the treatment, or a number it needs is missing; where another agreement covers the days,
    the series belongs to somebody else, or prices include the tax that would be added.
    """
    said = read_form(data, AgreementForm, "self-billing agreement")
    log.lock(books.session)
    contract = books.named(Contract, said.contract)
    supplier = books.get(Supplier, contract.supplier_id)
    _check_contract(books, contract, said)
    treatment = _treatment(books, contract, said)
    if treatment:
        _check_numbers(books, contract, treatment)
    printed_format(said.format)
    row = _row(books, contract, said, said.series or _series_of(supplier))
    known = _proposed(books, contract)
    if known and _same(known, row):
        return known
    _check_series(books, row.series, supplier)
    _check_overlap(books, row)
    row.reference = books.reference("SBA")
    return books.enter(row, because=f"proposed for {contract.reference} from {said.valid_from}")


def end_agreement(books: Books, row: SelfBillingAgreement, first_day_without: date) -> None:
    """End an agreement before its time: work from that day on is billed by the supplier itself.

    Refused for a day in the past, and for one after its end.
    """
    log.lock(books.session)
    if row.status != SelfBillingAgreementStatus.AGREED:
        raise NotAgreeable(f"{row.reference} is {row.status}; only what was agreed can be ended")
    if not max(books.as_of, row.starts_on) <= first_day_without < row.ends_on:
        raise NotAgreeable(
            f"{row.reference} runs from {row.starts_on} until before {row.ends_on}; let it end on"
            " a day in it that is not past"
        )
    row.ends_on = first_day_without
    books.record("ended", row, f"ends before {first_day_without}")


def _check_contract(books: Books, contract: Contract, said: AgreementForm) -> None:
    name = contract.reference
    if contract.status not in BINDING:
        raise NotAgreeable(f"{name} is {contract.status}; have it signed first")
    if not said.valid_from <= said.valid_until:
        raise NotAgreeable("valid_until is the last day, not before valid_from")
    if said.valid_from < books.as_of.replace(day=1):
        raise NotAgreeable(
            f"valid_from {said.valid_from} lies before this month; self-billing is agreed before"
            " the work is billed"
        )
    if said.valid_from < contract.starts_on or said.valid_until >= contract.ends_on:
        raise NotAgreeable(
            f"{name} runs from {contract.starts_on} until before {contract.ends_on}; stay in it"
        )


def _treatment(books: Books, contract: Contract, said: AgreementForm) -> TaxTreatment | None:
    """Return how work is taxed; None for pro formas, whose tax the supplier's invoice states."""
    law = billing_law(contract.place)
    if said.writes == "pro_forma":
        if said.tax_treatment:
            raise NotAgreeable("a pro forma states no tax; leave tax_treatment out")
        return None
    permitted = law.permitted.on(said.valid_from)
    if not permitted.value:
        raise NotAgreeable(
            f"the buyer may not write the supplier's invoices in {contract.place}"
            f" ({permitted.source}); agree on writes: pro_forma, from which it writes its own"
        )
    found = law.treatments.get(said.tax_treatment)
    if found is None:
        known = ", ".join(law.treatments)
        raise NotAgreeable(
            f"tax_treatment {said.tax_treatment!r} is not known in {contract.place}; choose one"
            f" of {known}"
        )
    agreed = contract_facts(books, contract, said.valid_from).tax_treatment
    if agreed == "inclusive" and found.rate_e4.on(said.valid_from).value:
        raise NotAgreeable(
            f"prices of {contract.reference} include value-added tax, so it cannot be added;"
            " amend the contract to prices without it"
        )
    return found


def _check_numbers(books: Books, contract: Contract, treatment: TaxTreatment) -> None:
    """Refuse where a party lacks the number the category asks for (BR-S-02, BR-AE-02 and 03)."""
    seller = books.get(Supplier, contract.supplier_id).party_id
    buyer = books.get(LegalEntity, contract.legal_entity_id).party_id
    parties = {"S": [seller], "E": [seller], "AE": [seller, buyer]}.get(treatment.category, [])
    for party in (books.get(Party, ident) for ident in parties):
        vat = party.identifier_scheme == "eu_vat"
        if party.identifier_scheme in REGISTERS or (treatment.category == "AE" and not vat):
            wanted = "a VAT number" if treatment.category == "AE" else "a tax number"
            raise NotAgreeable(
                f"{party.name} is known by its {party.identifier_scheme}, but {treatment.code}"
                f" needs {wanted}; onboard it with one"
            )


def _series_of(supplier: Supplier) -> str:
    year, number = supplier.reference.split("-")[-2:]
    return f"SB{year[2:]}-{number}"


def _row(
    books: Books, contract: Contract, said: AgreementForm, series: str
) -> SelfBillingAgreement:
    return SelfBillingAgreement(
        id=books.key(),
        reference="",
        contract_id=contract.id,
        writes=said.writes,
        series=series,
        grouping=Grouping(said.grouping).value,
        schedule=Schedule(said.schedule).value,
        tax_treatment=said.tax_treatment,
        format=said.format,
        objection_days=int(said.objection_days),
        silence_agrees=int(said.silence_agrees == "yes"),
        starts_on=said.valid_from,
        ends_on=date.fromordinal(said.valid_until.toordinal() + 1),
        proposed_by=books.actor,
        proposed_on=books.as_of,
    )


def _proposed(books: Books, contract: Contract) -> SelfBillingAgreement | None:
    query = select(SelfBillingAgreement).where(
        col(SelfBillingAgreement.contract_id) == contract.id,
        col(SelfBillingAgreement.status) == SelfBillingAgreementStatus.PROPOSED.value,
    )
    return books.session.exec(query).one_or_none()


def _same(known: SelfBillingAgreement, row: SelfBillingAgreement) -> bool:
    own = {"id", "reference", "proposed_by", "proposed_on"}
    return known.model_dump(exclude=own) == row.model_dump(exclude=own)


def _check_series(books: Books, series: str, supplier: Supplier) -> None:
    if not re.fullmatch(SERIES, series):
        raise NotAgreeable(
            f"series {series!r} is not two short words of capitals and digits with a hyphen"
            " between, such as SB-HX"
        )
    query = (
        select(Supplier.reference)
        .join(Contract, col(Contract.supplier_id) == col(Supplier.id))
        .join(SelfBillingAgreement, col(SelfBillingAgreement.contract_id) == col(Contract.id))
        .where(col(SelfBillingAgreement.series) == series, col(Supplier.id) != supplier.id)
    )
    if other := books.session.exec(query).first():
        raise NotAgreeable(f"series {series} is that of {other}; choose another for this supplier")


def _check_overlap(books: Books, row: SelfBillingAgreement) -> None:
    live = (SelfBillingAgreementStatus.PROPOSED, SelfBillingAgreementStatus.AGREED)
    query = select(SelfBillingAgreement.reference).where(
        col(SelfBillingAgreement.contract_id) == row.contract_id,
        col(SelfBillingAgreement.status).in_(live),
        col(SelfBillingAgreement.starts_on) < row.ends_on,
        col(SelfBillingAgreement.ends_on) > row.starts_on,
    )
    found: Iterable[str] = books.session.exec(query)
    if names := ", ".join(sorted(found)):
        raise NotAgreeable(f"{names} covers some of these days; end it first")
