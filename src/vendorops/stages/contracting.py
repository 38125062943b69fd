"""Drafts the contract of an approved application: its facts, and their wording as one PDF."""

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.qualifying import refuse_unqualified
from vendorops.books.standing import refuse_stopped
from vendorops.documents import draft_contract, keep, proposal_of
from vendorops.documents.holding import refuse_lapsed
from vendorops.documents.versions import Draft, columns, enter_version
from vendorops.domain.lifecycle import ContractStatus, QualificationStatus
from vendorops.stages import Step
from vendorops.tables import Contract, Qualification, Supplier

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
        refuse_unqualified(books, case)
        _draft(books, case)
    return Step.DONE


def _draft(books: Books, case: Qualification) -> Contract:
    facts = proposal_of(case)
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
        template=rendered.template,
        document_sha256=keep(books, rendered.pdf, f"contract {reference}", ".pdf"),
        **columns(facts),
    )
    because = f"drafted for {case.reference} from {rendered.template}"
    books.enter(contract, because=because)
    enter_version(books, contract, Draft(facts, rendered, case.signer, because))
    return contract
