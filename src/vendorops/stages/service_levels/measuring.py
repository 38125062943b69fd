"""Enters what was measured of a service level in a month; corrects it until it was credited."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.withdrawing import withdraw
from vendorops.documents import keep
from vendorops.domain.lifecycle import (
    ContractStatus,
    CreditMemoStatus,
    MeasurementStatus,
    ServiceMonthStatus,
)
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.domain.service_levels import Measured
from vendorops.tables import Contract, CreditMemo, Measurement, Person, ServiceMonth
from vendorops.working.service_months import levels_of, open_month, standing_months

IN_FORCE = (ContractStatus.EFFECTIVE, ContractStatus.EXPIRED, ContractStatus.TERMINATED)


class NotMeasurable(Refused):
    """The contract has no such level or month, or the month is not over."""


class AlreadyMeasured(Refused):
    """Another measurement of the level and month stands."""


class TooLate(Refused):
    """The credit of the month was issued, so its measurements stay."""


@dataclass(frozen=True)
class Reading:
    """A measurement before it is in the books."""

    level: str
    month: str
    counted: Measured
    evidence: bytes
    """The report it was counted from."""
    suffix: str = ""
    correct: bool = False
    """Whether it takes the place of one that stands."""


def measure(books: Books, contract: Contract, said: Reading) -> Measurement:
    """Enter a measurement in the name of whoever reports it; the same counts again change nothing.

    A correction reverses what stands, and with it closings whose credit nobody has issued. Raises
    NotMeasurable, AlreadyMeasured where another stands and no correction was meant, and TooLate
    once a credit of the month was issued.
    """
    log.lock(books.session)
    _refuse_unmeasurable(books, contract, said)
    known = standing(books, contract, said.month).get(said.level)
    if known and (known.good, known.total) == (said.counted.good, said.counted.total):
        return known
    if known:
        _reverse(books, contract, known, said)
    elif said.correct:
        raise NotMeasurable(f"{said.level} of {said.month} was not measured; nothing to correct")
    row = books.enter(
        Measurement(
            id=books.key(),
            reference=books.reference("MEA"),
            contract_id=contract.id,
            level=said.level,
            month=said.month,
            good=said.counted.good,
            total=said.counted.total,
            evidence_sha256=keep(
                books, said.evidence, f"{said.level} of {contract.reference}", said.suffix
            ),
            reported_by=books.actor,
            reported_on=books.as_of,
            replaces_id=known.id if known else None,
        ),
        because=f"{said.counted.good} good of {said.counted.total} in {said.month}",
    )
    if not standing_months(books, contract, said.month):
        open_month(books, contract, said.month)
    return row


def standing(books: Books, contract: Contract, month: str) -> dict[str, Measurement]:
    """Return the measurements of a month that were not reversed, by level."""
    query = select(Measurement).where(
        col(Measurement.contract_id) == contract.id,
        col(Measurement.month) == month,
        col(Measurement.status) != MeasurementStatus.REVERSED,
    )
    return {row.level: row for row in books.session.exec(query)}


def _refuse_unmeasurable(books: Books, contract: Contract, said: Reading) -> None:
    period, name = Period.month(said.month), contract.reference
    if contract.status not in IN_FORCE:
        raise NotMeasurable(f"{name} is {contract.status}, not effective; nothing is measured yet")
    if period.end <= contract.starts_on or period.start >= contract.ends_on:
        raise NotMeasurable(f"{name} was not in force in {said.month}; measure a month of its own")
    if books.as_of < period.end:
        raise NotMeasurable(f"{said.month} is not over; measure it from {period.end} on")
    known = [level.code for level in levels_of(books, contract, said.month)]
    if said.level not in known:
        listed = ", ".join(known) or "none"
        raise NotMeasurable(f"{name} has no service level {said.level!r}; it has {listed}")
    person = select(Person).where(col(Person.handle) == books.actor)
    if books.session.exec(person).one_or_none() is None:
        raise NotMeasurable(f"nobody is known as {books.actor!r}; measure in a person's name")


def _reverse(books: Books, contract: Contract, known: Measurement, said: Reading) -> None:
    if not said.correct:
        raise AlreadyMeasured(
            f"{known.reference} says {known.good} good of {known.total} for {said.level} in"
            f" {said.month}; say that it is a correction where it was wrong"
        )
    because = f"corrected: {said.counted.good} good of {said.counted.total}"
    for row in standing_months(books, contract, said.month):
        _cancel_credit(books, row, because)
        books.move(row, ServiceMonthStatus.REVERSED, because=because)
    books.move(known, MeasurementStatus.REVERSED, because=because)
    books.session.flush()


def _cancel_credit(books: Books, row: ServiceMonth, because: str) -> None:
    query = select(CreditMemo).where(
        col(CreditMemo.source_table) == ServiceMonth.__name__.lower(),
        col(CreditMemo.source_id) == row.id,
    )
    for memo in books.session.exec(query):
        if memo.status not in (CreditMemoStatus.DRAFT, CreditMemoStatus.CANCELLED):
            raise TooLate(
                f"{memo.reference} of {row.month} is {memo.status}; what was measured stays;"
                " settle a difference in a later month"
            )
        if memo.status == CreditMemoStatus.DRAFT:
            withdraw(books, memo, because)
            books.move(memo, CreditMemoStatus.CANCELLED, because=because)
