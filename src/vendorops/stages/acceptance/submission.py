"""Enters a service sheet: the work a supplier says it did, priced by the contract of the day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.qualifying import gaps
from vendorops.books.standing import STOPPED, WORKING, stopped_since
from vendorops.documents import keep, revisions
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import ContractStatus
from vendorops.domain.measure import extended, quantity_e4
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.program import Performed, Program
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.stages.acceptance.licences import refuse_unlicensed
from vendorops.stages.acceptance.reading import Line, Sheet, read_sheet
from vendorops.tables import (
    Contract,
    Person,
    Qualification,
    ServiceSheet,
    Supplier,
    WorkItem,
)

IN_FORCE = (ContractStatus.EFFECTIVE, ContractStatus.EXPIRED, ContractStatus.TERMINATED)
"""Work done in time may be reported after the contract has run out or was ended."""


class NotSubmittable(Refused):
    """The sheet cannot be entered as it stands."""


@dataclass(frozen=True)
class Agreement:
    """What a contract says that bears on the price of the work of one sheet."""

    contract: Contract
    program: Program
    facts: Dated[ContractFacts]
    quantities: Mapping[str, int]
    """How much of each code stands on the sheet: it chooses tiers."""

    def values(self, day: date) -> dict[str, int]:
        """Return the values in force on a day; terms that start later are not among them."""
        return self.facts.on(day).values(day, self.quantities)


def submit(books: Books, data: bytes) -> ServiceSheet:
    """Enter a sheet and its work, all or nothing; the same file again is the same sheet.

    Refused when the contract was not in force on a day of the work, the supplier may not work
    or lacked a document it needs for that, a term is not agreed, or a line is not plain. Amounts
    follow from the contract, never from the file.
    """
    said = read_sheet(data)
    log.lock(books.session)  # Two submissions of one file must not both find it new.
    contract = books.named(Contract, said.contract)
    found = _entered_before(books, contract, sha256(data).hexdigest())
    return found or _enter(books, contract, said, data)


def _entered_before(books: Books, contract: Contract, digest: str) -> ServiceSheet | None:
    query = select(ServiceSheet).where(
        col(ServiceSheet.contract_id) == contract.id, col(ServiceSheet.source_sha256) == digest
    )
    return books.session.exec(query).one_or_none()


def _enter(books: Books, contract: Contract, said: Sheet, data: bytes) -> ServiceSheet:
    _refuse_unfit(books, contract, said)
    agreement = _agreement(books, contract, said)
    month = Period.month(said.month)
    work = [
        _performed(agreement, month, line, number)
        for number, line in enumerate(said.lines, start=1)
    ]
    refuse_unlicensed(books, contract, [line.performed_on for line in said.lines])
    sheet = books.enter(
        ServiceSheet(
            id=books.key(),
            reference=books.reference("SES"),
            contract_id=contract.id,
            month=month.label,
            source_sha256=keep(books, data, f"service sheet {contract.reference}", ".yaml"),
            submitted_by=said.submitted_by,
            submitted_on=books.as_of,
        ),
        because=f"{len(work)} lines for {contract.reference} in {month.label}",
    )
    books.session.execute(insert(WorkItem), _rows(books, sheet, work))
    return sheet


def _rows(
    books: Books, sheet: ServiceSheet, work: list[dict[str, object]]
) -> list[dict[str, object]]:
    """Complete work items with what is minted; the supplier quotes their references."""
    first = books.keys(len(work))
    references = books.references("WRK", len(work))
    return [
        {"id": first + at, "reference": reference, "service_sheet_id": sheet.id, **item}
        for at, (reference, item) in enumerate(zip(references, work, strict=True))
    ]


def _refuse_unfit(books: Books, contract: Contract, said: Sheet) -> None:
    if contract.status not in IN_FORCE:
        raise NotSubmittable(
            f"{contract.reference} is {contract.status}, not effective;"
            " have it signed before work is reported under it"
        )
    supplier = books.get(Supplier, contract.supplier_id)
    if supplier.status not in (*WORKING, *STOPPED):
        raise NotSubmittable(
            f"{supplier.reference} is {supplier.status} and may not work;"
            " have the supplier qualified again first"
        )
    known = select(Person).where(col(Person.handle) == said.submitted_by)
    if books.session.exec(known).one_or_none() is None:
        raise NotSubmittable(
            f"submitted_by: nobody is known as {said.submitted_by!r}; use the handle of a person"
        )
    if not said.lines:
        raise NotSubmittable("the sheet has no lines; report at least one piece of work")
    for number, line in enumerate(said.lines, start=1):
        stopped = stopped_since(books, supplier, line.performed_on)
        if stopped:
            raise NotSubmittable(
                f"line {number}: {supplier.reference} was stopped on {stopped} and may not work "
                f"after it, as on {line.performed_on}; only work done until then is paid"
            )
        if line.performed_on > books.as_of:
            raise NotSubmittable(
                f"line {number}: {line.performed_on} has not come yet; report work once it is done"
            )
    _refuse_unqualified(books, contract, said)


def _refuse_unqualified(books: Books, contract: Contract, said: Sheet) -> None:
    """Refuse work of days on which the supplier's approval for the program had run out."""
    case = books.get(Qualification, contract.qualification_id)
    off = gaps(books, case)
    for number, line in enumerate(said.lines, start=1):
        for gap in (gap for gap in off if gap.covers(line.performed_on)):
            raise NotSubmittable(
                f"line {number}: {case.reference} held until {gap.since} only, and its supplier "
                f"may not work after it, as on {line.performed_on}; have it apply anew"
            )


def _agreement(books: Books, contract: Contract, said: Sheet) -> Agreement:
    quantities: defaultdict[str, int] = defaultdict(int)
    for number, line in enumerate(said.lines, start=1):
        with numbered(number):
            quantities[line.term] += quantity_e4(line.quantity)
    facts = revisions(books, contract)
    return Agreement(contract, program(contract.program), facts, quantities)


@contextmanager
def numbered(number: int) -> Iterator[None]:
    """Say in which line it was that something was refused."""
    try:
        yield
    except Refused as refusal:
        raise NotSubmittable(f"line {number}: {refusal}") from refusal


def _performed(agreement: Agreement, month: Period, line: Line, number: int) -> dict[str, object]:
    """Return the columns of a line's work item, refusing with the line's number in front."""
    with numbered(number):
        _refuse_day(agreement, month, line.performed_on)
        return {"line": number, **_priced(agreement, line)}


def _refuse_day(agreement: Agreement, month: Period, day: date) -> None:
    contract = agreement.contract
    if day not in month:
        raise NotSubmittable(f"{day} is not in {month.label}; put it on that month's sheet")
    if day not in Period(contract.starts_on, contract.ends_on):
        raise NotSubmittable(
            f"{contract.reference} was not in force on {day}; report work under the contract"
            " of that day"
        )


def _priced(agreement: Agreement, line: Line) -> dict[str, object]:
    contract = agreement.contract
    quantity = quantity_e4(line.quantity)
    basis = Money.parse(line.basis or "0", contract.currency).minor
    if quantity <= 0 or basis < 0:
        raise NotSubmittable("quantity must be above zero and basis not below; correct them")
    agreement.program.term(line.term)
    work = Performed(line.term, quantity, basis)
    price = agreement.program.price(work, agreement.values(line.performed_on), contract.currency)
    extended(quantity, price, contract.currency)  # Refuses what no database could multiply.
    return {
        "contract_id": contract.id,
        "term": line.term,
        "description": line.description,
        "performed_on": line.performed_on,
        "basis_minor": basis,
        "quantity_e4": quantity,
        "price_e6": price,
        "currency": contract.currency,
        "accepted_e4": 0,
        "claimed_e4": 0,
    }
