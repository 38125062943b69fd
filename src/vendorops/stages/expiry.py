"""Watches contracts run out: asks in time whether to renew, and lets the others lapse."""

from datetime import date, timedelta

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.documents import contract_facts
from vendorops.documents.amending import propose_change
from vendorops.documents.proposal_forms import ChangeForm
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import ContractStatus, TerminationStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.stages import Step
from vendorops.tables import Contract, Decision, Event, Party, Supplier, Termination

SUBJECT = Contract
WATCH_DAYS = Dated("days before its end from which a contract is watched", {date(2020, 1, 1): 60})
USUAL_MONTHS = 12
"""For how long a contract is renewed that says nothing of renewal."""
ONE_DAY = timedelta(days=1)


def ready(books: Books) -> list[int]:
    """Return the contracts whose end has come, or is near and nobody has decided about."""
    horizon = books.as_of + timedelta(days=WATCH_DAYS.on(books.as_of))
    ended = select(Termination.contract_id).where(
        col(Termination.status) == TerminationStatus.APPROVED
    )
    query = select(Contract).where(
        col(Contract.status) == ContractStatus.EFFECTIVE,
        col(Contract.ends_on) <= horizon,
        col(Contract.id).not_in(ended),
    )
    near = books.session.exec(query.order_by(col(Contract.id)))
    return [row.id for row in near if row.ends_on <= books.as_of or not _carried_out(books, row)]


def advance(books: Books, ident: int) -> Step:
    """Let a contract expire on its day; before that, have its renewal decided and drafted."""
    contract = books.get(Contract, ident)
    if contract.status != ContractStatus.EFFECTIVE:
        return Step.DONE
    if contract.ends_on <= books.as_of:
        withdraw(books, contract, "the contract has ended")
        books.move(contract, ContractStatus.EXPIRED, because=f"it ended before {contract.ends_on}")
        return Step.DONE
    if _carried_out(books, contract):
        return Step.DONE
    decision = decided(books, _question(books, contract))
    if decision is None:
        return Step.WAITING
    if decision.answer == "approve":
        _draft_renewal(books, contract, decision)
    action = "renewing" if decision.answer == "approve" else "lapsing"
    books.record(action, contract, f"{decision.answered_by}, about the end {contract.ends_on}")
    return Step.DONE


def _draft_renewal(books: Books, contract: Contract, decision: Decision) -> None:
    """Propose an amendment that moves the end; it holds from the last day of today's term."""
    change = ChangeForm.model_validate(
        {
            "reason": f"续期 renewal, {decision.reference}",
            "end": _renewed_to(books, contract).isoformat(),
        }
    )
    propose_change(books, contract, change, contract.ends_on - ONE_DAY)


def _renewed_to(books: Books, contract: Contract) -> date:
    months = contract_facts(books, contract, books.as_of).renewal_months or USUAL_MONTHS
    month = Period.month_of(contract.ends_on)
    for _ in range(months):
        month = Period.month_of(month.end)
    return min(month.start + (contract.ends_on - contract.ends_on.replace(day=1)), month.end)


def _carried_out(books: Books, contract: Contract) -> bool:
    """Tell whether somebody decided about this very end, and it was done."""
    from_here = select(Event.id).where(
        col(Event.subject_table) == "contract",
        col(Event.subject_id) == contract.id,
        col(Event.action).in_(("renewing", "lapsing")),
        col(Event.reason).endswith(str(contract.ends_on)),
    )
    return books.session.exec(from_here).first() is not None


def _question(books: Books, contract: Contract) -> Question:
    party = books.get(Party, books.get(Supplier, contract.supplier_id).party_id)
    until = _renewed_to(books, contract)
    left = Money(contract.cap_minor - contract.committed_minor, contract.currency)
    return Question(
        kind="renewal",
        subject=contract,
        content={
            "contract": contract.reference,
            "ends_on": contract.ends_on.isoformat(),
            "renewed_to": until.isoformat(),
        },
        sentence=f"{contract.reference} with {party.name} ends after "
        f"{contract.ends_on - ONE_DAY}, {left} of its cap unused: renew it until "
        f"{until - ONE_DAY} (approve drafts the amendment), or let it lapse (reject)?",
        role="buyer",
        party_id=party.id,
    )
