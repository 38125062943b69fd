"""Enters the wish to end a contract before its time; another person has to approve it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents.agreed import contract_facts
from vendorops.domain.lifecycle import ContractStatus, TerminationStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Person, Termination

ONE_DAY = timedelta(days=1)
HANDOVER = "资料、物品与进行中的工作在终止日前移交 documents, property and open work by the end"


class NotTerminable(Refused):
    """The contract cannot be ended like that."""


@dataclass(frozen=True)
class End:
    """How and why a contract is to end."""

    kind: str
    """`notice`, `breach`, `licence_lost` or `mutual`."""
    reason: str
    last_day: date | None = None
    """By notice never sooner than the contract allows; else today unless given."""
    handover: str = HANDOVER


def terminate(books: Books, contract: Contract, end: End) -> Termination:
    """Enter a termination that waits for approval; the same wish again is the same one."""
    log.lock(books.session)  # Two people must not both find none.
    if contract.status != ContractStatus.EFFECTIVE:
        raise NotTerminable(f"{contract.reference} is {contract.status}, not in force")
    known = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(known).one_or_none()
    if person is None or person.party_id is not None:
        raise NotTerminable(f"{books.actor} is nobody of ours; one of our people ends a contract")
    open_one = select(Termination).where(
        col(Termination.contract_id) == contract.id,
        col(Termination.status) != TerminationStatus.REJECTED,
    )
    found = books.session.exec(open_one).one_or_none()
    if found:
        if (found.kind, found.reason) == (end.kind, end.reason):
            return found
        raise NotTerminable(f"{found.reference} is {found.status} already")
    # Looked at last: an approved termination has moved the end of the contract already.
    ends_on = _first_day_without(books, contract, end)
    row = Termination(
        id=books.key(),
        reference=books.reference("END"),
        contract_id=contract.id,
        kind=end.kind,
        ends_on=ends_on,
        reason=end.reason,
        handover=end.handover,
        proposed_by=books.actor,
        proposed_on=books.as_of,
        document_sha256="",
    )
    return books.enter(row, because=f"{contract.reference}: {end.kind}, {end.reason}")


def _first_day_without(books: Books, contract: Contract, end: End) -> date:
    notice = (
        contract_facts(books, contract, books.as_of).notice_days if end.kind == "notice" else 0
    )
    soonest = books.as_of + timedelta(days=notice)
    last_day = end.last_day or soonest
    if last_day < soonest:
        raise NotTerminable(
            f"the last day cannot lie before {soonest}: {notice} days of notice from today"
        )
    if last_day + ONE_DAY >= contract.ends_on:
        raise NotTerminable(
            f"{contract.reference} ends by itself before {contract.ends_on}; let it lapse"
        )
    return last_day + ONE_DAY
