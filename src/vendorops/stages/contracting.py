"""Drafts the contract of an approved application: its terms as rows, its wording as one PDF."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import refuse_stopped
from vendorops.documents import draft_contract, keep, proposal_of
from vendorops.documents.holding import refuse_lapsed
from vendorops.domain.lifecycle import ContractStatus, QualificationStatus
from vendorops.programs import program
from vendorops.stages import Step
from vendorops.tables import Contract, ContractTerm, Qualification, Supplier

SUBJECT = Qualification


def ready(books: Books) -> list[int]:
    """Return the approved applications without a contract, oldest first."""
    query = select(Qualification.id).where(_uncontracted())
    return list(books.session.exec(query.order_by(col(Qualification.id))))


def _uncontracted() -> ColumnElement[bool]:
    live = exists().where(
        col(Contract.qualification_id) == col(Qualification.id),
        col(Contract.status) != ContractStatus.REJECTED,
    )
    return and_(col(Qualification.status) == QualificationStatus.APPROVED, ~live)


def advance(books: Books, ident: int) -> Step:
    """Draft the contract in today's wording; refused where the wording lacks a field."""
    query = select(Qualification).where(col(Qualification.id) == ident, _uncontracted())
    case = books.session.exec(query).one_or_none()
    if case:
        supplier = books.get(Supplier, case.supplier_id)
        refuse_stopped(supplier)
        refuse_lapsed(books, supplier, case.program, case.place)
        _draft(books, case)
    return Step.DONE


def _draft(books: Books, case: Qualification) -> Contract:
    proposal = proposal_of(case)
    reference = books.reference("CON")
    rendered = draft_contract(books, case, reference)
    contract = Contract(
        id=books.key(),
        reference=reference,
        qualification_id=case.id,
        supplier_id=case.supplier_id,
        legal_entity_id=case.legal_entity_id,
        program=case.program,
        place=case.place,
        currency=proposal["currency"],
        starts_on=date.fromisoformat(proposal["start"]),
        ends_on=date.fromisoformat(proposal["end"]),
        cap_minor=int(proposal["cap_minor"]),
        template=rendered.template,
        document_sha256=keep(books, rendered.pdf, f"contract {reference}", ".pdf"),
    )
    books.enter(contract, because=f"drafted for {case.reference} from {rendered.template}")
    for proposed in proposal["terms"]:
        _enter_term(books, contract, proposed)
    return contract


def _enter_term(books: Books, contract: Contract, proposed: dict[str, Any]) -> ContractTerm:
    known = program(contract.program).term(proposed["code"])
    return books.enter(
        ContractTerm(
            id=books.key(),
            contract_id=contract.id,
            code=known.code,
            kind=known.kind,
            unit=known.unit,
            description=proposed["description"],
            value_e6=int(proposed["value_e6"]),
            valid_from=date.fromisoformat(proposed["valid_from"]),
        )
    )
