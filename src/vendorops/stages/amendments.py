"""Has changes of contracts approved and signed, and brings each into effect on its day."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.documents import facts_of
from vendorops.documents.agreed import enter_rates
from vendorops.documents.amending import (
    AMENDABLE,
    NotAmendable,
    changes_of,
    last_accepted,
    propose,
    propose_change,
    refuse_impossible,
)
from vendorops.documents.signing import send, signature_found
from vendorops.domain.lifecycle import AmendmentStatus
from vendorops.domain.money import Money
from vendorops.risk import risk_tier
from vendorops.stages import Step
from vendorops.tables import Amendment, Contract, Decision, Party, Supplier

__all__ = ["SUBJECT", "NotAmendable", "advance", "propose", "propose_change", "ready"]

SUBJECT = Amendment


def ready(books: Books) -> list[int]:
    """Return the amendments not yet signed, and those signed whose first day has come."""
    unsigned = (AmendmentStatus.DRAFT, AmendmentStatus.APPROVED, AmendmentStatus.SENT)
    due = and_(
        col(Amendment.status) == AmendmentStatus.SIGNED, col(Amendment.valid_from) <= books.as_of
    )
    query = select(Amendment.id).where(or_(col(Amendment.status).in_(unsigned), due))
    return list(books.session.exec(query.order_by(col(Amendment.id))))


def advance(books: Books, ident: int) -> Step:
    """Take an amendment one step nearer to its effect."""
    amendment = books.get(Amendment, ident)
    if amendment.status == AmendmentStatus.DRAFT:
        return _approve(books, amendment)
    if amendment.status == AmendmentStatus.APPROVED:
        send(books, amendment)
        books.move(amendment, AmendmentStatus.SENT, because="sent to the supplier's signers")
        return Step.AGAIN
    if amendment.status == AmendmentStatus.SENT:
        return _sign(books, amendment)
    if amendment.status == AmendmentStatus.SIGNED and amendment.valid_from <= books.as_of:
        _bring_into_effect(books, amendment)
    return Step.DONE


def _approve(books: Books, amendment: Amendment) -> Step:
    decision = decided(books, _question(books, amendment))
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        books.move(amendment, AmendmentStatus.REJECTED, because=_because(decision))
        return Step.DONE
    books.move(amendment, AmendmentStatus.APPROVED, because=_because(decision))
    return Step.AGAIN


def _sign(books: Books, amendment: Amendment) -> Step:
    party = _party(books, _contract(books, amendment))
    decision = signature_found(books, amendment, party)
    if decision is None:
        return Step.WAITING
    if decision.answer != "approve":
        books.move(amendment, AmendmentStatus.REJECTED, because=_because(decision))
        return Step.DONE
    books.move(amendment, AmendmentStatus.SIGNED, because=_because(decision))
    return Step.AGAIN


def _bring_into_effect(books: Books, amendment: Amendment) -> None:
    """Let an amendment hold: cap, end and prices of its contract follow.

    Raises NotAmendable where work was accepted meanwhile that it does not say it reaches back to.
    """
    contract, facts = _contract(books, amendment), facts_of(amendment.facts)
    if contract.status not in AMENDABLE:
        raise NotAmendable(f"{contract.reference} is {contract.status}; it takes no amendment")
    last = last_accepted(books, contract)
    if amendment.reach == "forward" and last and amendment.valid_from <= last:
        raise NotAmendable(
            f"{amendment.reference} was signed late: work of {last} was accepted meanwhile; agree "
            "on a later day in another amendment"
        )
    refuse_impossible(books, contract, facts, amendment.valid_from)
    contract.cap_minor, contract.ends_on = facts.cap_minor, facts.ends_on
    enter_rates(books, contract, facts)
    amendment.effective_on = books.as_of
    because = f"{contract.reference} is changed from {amendment.valid_from}"
    books.move(amendment, AmendmentStatus.EFFECTIVE, because=because)


def _question(books: Books, amendment: Amendment) -> Question:
    contract = _contract(books, amendment)
    party = _party(books, contract)
    cap = Money(facts_of(amendment.facts).cap_minor, contract.currency)
    found = changes_of(amendment)
    first = "; ".join(
        f"{row['what']}: {row['before'] or 'none'} → {row['after'] or 'none'}" for row in found[:3]
    )
    back = " It reaches back behind accepted work." if amendment.reach == "retroactive" else ""
    return Question(
        kind="amendment",
        subject=amendment,
        content={
            "amendment": amendment.reference,
            "contract": contract.reference,
            "supplier": party.name,
            "valid_from": amendment.valid_from.isoformat(),
            "reach": amendment.reach,
            "reason": amendment.reason,
            "changes": found,
            "before_sha256": amendment.before_sha256,
            "facts_sha256": amendment.facts_sha256,
            "document": amendment.document_sha256,
        },
        sentence=f"May {contract.reference} with {party.name} change from "
        f"{amendment.valid_from} in {len(found)} points ({first})?{back}",
        role="approver",
        party_id=party.id,
        amount=cap,
        program=contract.program,
        place=contract.place,
        risk=risk_tier(books, contract.supplier_id, books.as_of),
        not_by=(amendment.proposed_by,),
    )


def _contract(books: Books, amendment: Amendment) -> Contract:
    return books.get(Contract, amendment.contract_id)


def _party(books: Books, contract: Contract) -> Party:
    return books.get(Party, books.get(Supplier, contract.supplier_id).party_id)


def _because(decision: Decision) -> str:
    return f"{decision.answer} by {decision.answered_by}, {decision.reference}"
