"""Binds the parties: a drafted contract is approved, sent, signed, and comes into force."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.books.qualifying import refuse_unqualified
from vendorops.books.questions import those_who_answered
from vendorops.books.standing import refuse_stopped
from vendorops.documents import facts_of
from vendorops.documents.agreed import enter_rates
from vendorops.documents.holding import refuse_lapsed
from vendorops.documents.signing import send, signature_found
from vendorops.documents.telling import told
from vendorops.documents.versions import versions_of
from vendorops.domain.lifecycle import ContractStatus, QualificationStatus
from vendorops.domain.money import Money
from vendorops.programs import program
from vendorops.risk import risk_tier
from vendorops.stages import Step
from vendorops.tables import (
    Contract,
    Decision,
    LegalEntity,
    Party,
    Qualification,
    Supplier,
)

SUBJECT = Contract


def ready(books: Books) -> list[int]:
    """Return the contracts not yet signed, and those signed whose first day has come."""
    unsigned = (
        ContractStatus.DRAFT,
        ContractStatus.NEGOTIATING,
        ContractStatus.APPROVED,
        ContractStatus.SENT,
    )
    due = and_(
        col(Contract.status) == ContractStatus.SIGNED, col(Contract.starts_on) <= books.as_of
    )
    query = select(Contract.id).where(or_(col(Contract.status).in_(unsigned), due))
    return list(books.session.exec(query.order_by(col(Contract.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a contract one step nearer to being in force."""
    contract = books.get(Contract, ident)
    supplier = books.get(Supplier, contract.supplier_id)
    refuse_stopped(supplier)
    refuse_lapsed(books, supplier, contract.program, contract.place)
    refuse_unqualified(books, books.get(Qualification, contract.qualification_id))
    if contract.status in (ContractStatus.DRAFT, ContractStatus.NEGOTIATING):
        return _approve(books, contract)
    if contract.status == ContractStatus.APPROVED:
        send(books, contract)
        books.move(contract, ContractStatus.SENT, because="sent to the supplier's signers")
        return Step.AGAIN
    if contract.status == ContractStatus.SENT:
        return _sign(books, contract)
    if contract.status == ContractStatus.SIGNED and contract.starts_on <= books.as_of:
        books.move(contract, ContractStatus.EFFECTIVE, because="its first day has come")
    return Step.DONE


def _approve(books: Books, contract: Contract) -> Step:
    decision = decided(books, _approval(books, contract))
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        return _reject(books, contract, decision)
    books.move(contract, ContractStatus.APPROVED, because=_because(decision))
    return Step.AGAIN


def _sign(books: Books, contract: Contract) -> Step:
    decision = signature_found(books, contract, _supplier_party(books, contract))
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        return _reject(books, contract, decision)
    enter_rates(books, contract, facts_of(contract.facts))
    books.move(contract, ContractStatus.SIGNED, because=_because(decision))
    return Step.AGAIN


def _reject(books: Books, contract: Contract, decision: Decision) -> Step:
    """Close the contract and its case; the supplier may apply anew with other terms."""
    case = books.get(Qualification, contract.qualification_id)
    books.move(contract, ContractStatus.REJECTED, because=_because(decision))
    because = f"{contract.reference} was rejected"
    books.move(case, QualificationStatus.REJECTED, because=because)
    return Step.DONE


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"


def _approval(books: Books, contract: Contract) -> Question:
    party, cap = _supplier_party(books, contract), Money(contract.cap_minor, contract.currency)
    return Question(
        kind="contract",
        subject=contract,
        content=_shown(books, contract),
        sentence=f"May {contract.reference} with {party.name} be sent, "
        f"{contract.starts_on} to {contract.ends_on}, up to {cap}?",
        role="approver",
        party_id=party.id,
        amount=cap,
        program=contract.program,
        risk=risk_tier(books, contract.supplier_id, books.as_of),
        place=contract.place,
        not_by=_who_took_part(books, contract),
    )


def _who_took_part(books: Books, contract: Contract) -> tuple[str, ...]:
    """Return who let the supplier in and who drafted: another one binds us to it."""
    about = (
        col(Decision.subject_table) == "qualification",
        col(Decision.subject_id) == contract.qualification_id,
    )
    drafter = versions_of(books, contract)[-1].proposed_by
    return tuple(sorted({drafter, *those_who_answered(books, *about)}))


def _supplier_party(books: Books, contract: Contract) -> Party:
    return books.get(Party, books.get(Supplier, contract.supplier_id).party_id)


def _shown(books: Books, contract: Contract) -> dict[str, object]:
    return {
        "contract": contract.reference,
        "version": contract.version,
        "buyer": books.get(LegalEntity, contract.legal_entity_id).code,
        "supplier": _supplier_party(books, contract).name,
        "program": contract.program,
        "place": contract.place,
        "document": contract.document_sha256,
        "facts_sha256": contract.facts_sha256,
        "facts": told(facts_of(contract.facts), program(contract.program)),
    }
