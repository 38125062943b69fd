"""Sets the papers of a contract from its facts: the agreement, its amendments, its termination."""

from datetime import date
from typing import Any

from vendorops.books import Books
from vendorops.documents.contracts import (
    DocumentOrder,
    RenderedContract,
    render_contract,
    render_document,
)
from vendorops.documents.facts_json import facts_json, facts_of
from vendorops.documents.fields import ContractFields, Data
from vendorops.documents.settable import check_settable
from vendorops.documents.telling import optional_words, particulars, rate_rows
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.money import Money
from vendorops.domain.program import Program
from vendorops.programs import program
from vendorops.tables import Contract, LegalEntity, Party, Qualification, Supplier

Case = Qualification | Contract
"""What names buyer, supplier, program and place."""


def proposal_of(case: Qualification) -> ContractFacts:
    """Return the facts applied for, as the case keeps them."""
    return facts_of(case.proposal)


def draft_contract(books: Books, case: Qualification, reference: str) -> RenderedContract:
    """Set the contract of a case in the wording of the day; refused where a field is missing."""
    return set_contract(books, case, proposal_of(case), reference, books.as_of)


def check_draft(books: Books, case: Qualification) -> None:
    """Refuse what `draft_contract` would, but set the contracts of many cases only once."""
    fields = contract_data(books, case, proposal_of(case), case.reference, books.as_of)
    check_settable(books, case.program, case.place, fields)


def set_contract(
    books: Books, case: Case, facts: ContractFacts, reference: str, day: date
) -> RenderedContract:
    """Set the agreement that some facts make, in the wording of a day."""
    fields = contract_data(books, case, facts, reference, day)
    order = DocumentOrder(case.program, case.place, day, fields, facts_json(facts).encode())
    return render_document(books.settings.templates, order)


def contract_data(
    books: Books, case: Case, facts: ContractFacts, reference: str, day: date
) -> Data:
    """Return what the templates of agreements may print."""
    said = {"reference": reference, "day": day, **_parties(books, case)}
    return agreement_data(facts, program(case.program), said)


def agreement_data(facts: ContractFacts, kind: Program, said: dict[str, Any]) -> Data:
    """Return every fact as a template prints it; `said` names the parties, reference and day."""
    return ContractFields(
        **said,
        start=facts.starts_on,
        end=facts.ends_on,
        currency=facts.currency,
        cap=Money(facts.cap_minor, facts.currency),
        scope=facts.scope,
        terms=rate_rows(facts, kind),
        review_days=facts.acceptance.review_days,
        payment_days=facts.payment.days,
        languages=facts.languages,
        notice_days=facts.notice_days,
        particulars={**optional_words(facts), **particulars(facts)},
    ).as_data()


def set_notice(
    books: Books, kind: str, contract: Contract, facts: ContractFacts, said: Data
) -> RenderedContract:
    """Set a paper about a contract, such as `amendment`; it speaks the contract's languages."""
    fields = {
        "day": books.as_of.isoformat(),
        "languages": facts.languages,
        **_parties(books, contract),
        "contract_reference": contract.reference,
        **said,
    }
    place = contract.place
    return render_contract(books.settings.templates, kind, place, books.as_of, fields)


def _parties(books: Books, case: Case) -> dict[str, str]:
    ours = books.get(Party, books.get(LegalEntity, case.legal_entity_id).party_id)
    theirs = books.get(Party, books.get(Supplier, case.supplier_id).party_id)
    kind = program(case.program)
    return {
        "program_title": f"{kind.title_zh} {kind.title}",
        "buyer_name": ours.name,
        "buyer_identifier_masked": ours.identifier_masked,
        "supplier_name": theirs.name,
        "supplier_identifier_masked": theirs.identifier_masked,
        "supplier_kind": theirs.kind,
    }
