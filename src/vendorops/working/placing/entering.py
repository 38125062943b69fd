"""Enters placements: an accepted offer, the start of work, somebody instead of who left."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import contract_facts
from vendorops.domain.lifecycle import ContractStatus, PlacementStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.program import agreed
from vendorops.domain.refusal import Refused
from vendorops.programs.rpo import PROGRAM, SHARES
from vendorops.tables import Contract, Person, Placement, Worker
from vendorops.tables.placements import FEE_TERMS
from vendorops.working.placing.clocks import replacement_of


class NotPlaceable(Refused):
    """The placement cannot be entered or go on as reported."""


@dataclass(frozen=True)
class Hire:
    """An offer that a person accepted."""

    worker_name: str
    base_salary: Money
    """First year's pay that the offer states; nothing where a fixed fee is agreed."""
    starts_on: date
    fee_term: str = FEE_TERMS[0]
    title: str = ""
    worker_id: int | None = None
    offer_reference: str | None = None


def place(books: Books, contract: Contract, hire: Hire) -> Placement:
    """Enter an accepted offer; the same offer again is the same placement.

    Refused when the contract is not one of recruitment in force on the day of the start, does
    not price the fee, or the salary that a share is taken of is missing or in other money.
    """
    log.lock(books.session)
    known = select(Placement).where(
        col(Placement.offer_reference) == hire.offer_reference,
        col(Placement.status) != PlacementStatus.CANCELLED.value,
    )
    found = books.session.exec(known).one_or_none() if hire.offer_reference else None
    if found:
        return found
    _refuse_hire(books, contract, hire)
    values = contract_facts(books, contract, hire.starts_on).values(hire.starts_on)
    agreed(values, hire.fee_term)
    return _enter(books, contract, hire, None)


def place_instead(books: Books, placement: Placement, hire: Hire) -> Placement:
    """Enter who is to replace a person that left, free of charge, while a replacement is owed."""
    log.lock(books.session)
    due = placement.replacement_due_on
    if placement.status != PlacementStatus.LEFT_EARLY or due is None:
        raise NotPlaceable(
            f"{placement.reference} is {placement.status} and no replacement is owed for it;"
            " place the person as a new hire"
        )
    other = replacement_of(books, placement)
    if other:
        raise NotPlaceable(
            f"{other.reference} is to replace {placement.reference} already; withdraw it first,"
            " if that person does not come"
        )
    if hire.starts_on > due:
        raise NotPlaceable(
            f"a replacement of {placement.reference} starts until {due}, not on {hire.starts_on};"
            " the refund is due then, and the person is a new hire"
        )
    contract = books.get(Contract, placement.contract_id)
    _refuse_plain(books, contract, hire)
    return _enter(books, contract, hire, placement)


def _enter(books: Books, contract: Contract, hire: Hire, instead: Placement | None) -> Placement:
    whom = f", instead of {instead.reference}" if instead else ""
    return books.enter(
        Placement(
            id=books.key(),
            reference=books.reference("PLC"),
            contract_id=contract.id,
            worker_id=hire.worker_id,
            worker_name=hire.worker_name.strip(),
            title=hire.title,
            offer_reference=hire.offer_reference,
            fee_term=hire.fee_term,
            currency=hire.base_salary.currency,
            base_salary_minor=hire.base_salary.minor,
            starts_on=hire.starts_on,
            replaces_id=instead.id if instead else None,
            placed_by=books.actor,
        ),
        because=f"accepted an offer under {contract.reference}{whom}",
    )


def _refuse_hire(books: Books, contract: Contract, hire: Hire) -> None:
    _refuse_plain(books, contract, hire)
    if contract.program != PROGRAM.code or contract.status != ContractStatus.EFFECTIVE:
        raise NotPlaceable(
            f"{contract.reference} is a contract of {contract.program}, {contract.status}; place"
            f" people under one of {PROGRAM.code} that is effective"
        )
    if hire.starts_on not in Period(contract.starts_on, contract.ends_on):
        raise NotPlaceable(
            f"{contract.reference} does not cover {hire.starts_on}; place the person under the"
            " contract of that day"
        )
    if hire.fee_term not in FEE_TERMS:
        raise NotPlaceable(
            f"{hire.fee_term!r} is no fee for a hire; it is {' or '.join(FEE_TERMS)}"
        )
    if hire.fee_term in SHARES and not hire.base_salary:
        raise NotPlaceable("the fee is a share of first-year pay; give the pay the offer states")


def _refuse_plain(books: Books, contract: Contract, hire: Hire) -> None:
    if not hire.worker_name.strip():
        raise NotPlaceable("nobody is placed without a name; give the person's")
    pay = hire.base_salary
    if pay.currency != contract.currency or pay.minor < 0:
        raise NotPlaceable(
            f"first-year pay of {pay} does not fit {contract.reference}; give it in"
            f" {contract.currency}, above nothing"
        )
    worker = books.get(Worker, hire.worker_id) if hire.worker_id else None
    if worker and worker.supplier_id != contract.supplier_id:
        raise NotPlaceable(
            f"{worker.reference} is with another supplier than {contract.reference}; place the"
            " person under a contract of the supplier who presented it"
        )


def report_start(books: Books, placement: Placement, day: date) -> None:
    """Take down that a person started work on a day: the fee is earned and the guarantee runs.

    Who replaces somebody in time ends the claim to a refund. Refused for a day to come or outside
    the contract, a reporter that nobody knows, and a replacement that started too late.
    """
    log.lock(books.session)
    known = books.session.exec(select(Person).where(col(Person.handle) == books.actor))
    if known.one_or_none() is None:
        raise NotPlaceable(f"nobody is known as {books.actor!r}; report under a person's handle")
    if placement.status != PlacementStatus.ACCEPTED:
        raise NotPlaceable(
            f"{placement.reference} is {placement.status}; only who accepted an offer can start"
        )
    if day > books.as_of:
        raise NotPlaceable(f"{day} has not come yet; report the start once it is done")
    gone = books.get(Placement, placement.replaces_id) if placement.replaces_id else None
    if gone:
        _refuse_late(gone, placement, day)
    contract = books.get(Contract, placement.contract_id)
    if gone is None and day not in Period(contract.starts_on, contract.ends_on):
        raise NotPlaceable(f"{contract.reference} was not in force on {day}; check the day")
    placement.started_on, placement.start_reported_by = day, books.actor
    books.move(placement, PlacementStatus.STARTED, because=f"started work on {day}")
    if gone:
        because = f"{placement.reference} started on {day}, until {gone.replacement_due_on}"
        books.move(gone, PlacementStatus.REPLACED, because=because)


def _refuse_late(gone: Placement, new: Placement, day: date) -> None:
    due = gone.replacement_due_on
    if gone.status != PlacementStatus.LEFT_EARLY or due is None or day > due:
        raise NotPlaceable(
            f"{new.reference} started on {day}, but a replacement of {gone.reference} was owed"
            f" until {due}; the refund is due: cancel it and place the person as a new hire"
        )
    if gone.left_on and day < gone.left_on:
        raise NotPlaceable(
            f"{new.reference} cannot replace {gone.reference} on {day}, before it left on"
            f" {gone.left_on}; check the day"
        )


def cancel(books: Books, placement: Placement, reason: str) -> None:
    """Take down that a person who accepted will not start; without a start there is no fee."""
    books.move(placement, PlacementStatus.CANCELLED, because=f"did not start: {reason}")
