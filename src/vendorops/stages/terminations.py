"""Ends contracts before their time: approved by a second person, told in a notice, on its day."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided, promise_file
from vendorops.documents import contract_facts, keep
from vendorops.documents.drafting import set_notice
from vendorops.documents.ending import ONE_DAY
from vendorops.domain.lifecycle import ContractStatus, TerminationStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import Contract, Decision, Party, Supplier, Termination

SUBJECT = Termination


def ready(books: Books) -> list[int]:
    """Return the terminations to be approved, and those whose day has come."""
    due = and_(
        col(Termination.status) == TerminationStatus.APPROVED,
        col(Termination.ends_on) <= books.as_of,
    )
    asked = col(Termination.status) == TerminationStatus.PROPOSED
    query = select(Termination.id).where(or_(asked, due))
    return list(books.session.exec(query.order_by(col(Termination.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a termination approved and its notice laid out, or end the contract on its day."""
    row = books.get(Termination, ident)
    if row.status == TerminationStatus.PROPOSED:
        return _approve(books, row)
    if row.status == TerminationStatus.APPROVED and row.ends_on <= books.as_of:
        contract = books.get(Contract, row.contract_id)
        because = f"{row.reference}: {row.kind}"
        books.move(contract, ContractStatus.TERMINATED, because=because)
        books.move(row, TerminationStatus.EFFECTIVE, because=f"{contract.reference} has ended")
    return Step.DONE


def _approve(books: Books, row: Termination) -> Step:
    contract = books.get(Contract, row.contract_id)
    for question in _questions(books, row, contract):
        decision = decided(books, question)
        if decision is None:
            return Step.WAITING
        if decision.answer != "approve":
            books.move(row, TerminationStatus.REJECTED, because=_because(decision))
            return Step.DONE
    _give_notice(books, row, contract)
    return Step.AGAIN


def _give_notice(books: Books, row: Termination, contract: Contract) -> None:
    """Set the notice, promise it to the outgoing folder, and let no later work in."""
    facts = contract_facts(books, contract, books.as_of)
    said = {
        "reference": row.reference,
        "kind": row.kind,
        "ends_on": (row.ends_on - ONE_DAY).isoformat(),
        "reason": row.reason,
        "handover": row.handover,
    }
    rendered = set_notice(books, "termination", contract, facts, said)
    row.document_sha256 = keep(books, rendered.pdf, f"notice {row.reference}", ".pdf")
    contract.ends_on = row.ends_on
    event = books.move(row, TerminationStatus.APPROVED, because="approved; notice is given")
    promise_file(books, event, row.document_sha256, f"{row.reference}.pdf")


def _questions(books: Books, row: Termination, contract: Contract) -> list[Question]:
    """Return what our approver is asked, and the supplier where both have to agree."""
    party = books.get(Party, books.get(Supplier, contract.supplier_id).party_id)
    left = Money(contract.cap_minor - contract.committed_minor, contract.currency)
    content = {
        "termination": row.reference,
        "contract": contract.reference,
        "supplier": party.name,
        "kind": row.kind,
        "last_day": (row.ends_on - ONE_DAY).isoformat(),
        "reason": row.reason,
        "handover": row.handover,
        "facts_sha256": contract.facts_sha256,
    }
    ours = Question(
        kind="termination",
        subject=row,
        content=content,
        sentence=f"End {contract.reference} with {party.name} after "
        f"{row.ends_on - ONE_DAY} ({row.kind}: {row.reason}), {left} of its cap unused?",
        role="approver",
        party_id=party.id,
        amount=Money(contract.cap_minor, contract.currency),
        not_by=(row.proposed_by,),
    )
    theirs = Question(
        kind="termination_consent",
        subject=row,
        content=content,
        sentence=f"Does {party.name} agree that {contract.reference} ends after "
        f"{row.ends_on - ONE_DAY}?",
        role="supplier",
        party_id=party.id,
    )
    return [ours, theirs] if row.kind == "mutual" else [ours]


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"
