"""Enters a sheet of work that somebody reported, priced by what was agreed for its days."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.measure import extended
from vendorops.domain.periods import Period
from vendorops.domain.program import Performed
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, ServiceSheet, WorkItem
from vendorops.working.classified import refuse_unclassified
from vendorops.working.fitness import NotSubmittable, refuse_unfit
from vendorops.working.licences import refuse_unlicensed
from vendorops.working.pricing import Agreement, agreement

__all__ = ["NotSubmittable", "Report", "Reported", "enter_sheet"]


@dataclass(frozen=True)
class Reported:
    """One piece of work before it is in the books."""

    term: str
    description: str
    performed_on: date
    quantity_e4: int
    basis_minor: int = 0
    order_line_id: int | None = None


@dataclass(frozen=True)
class Report:
    """The work of one contract in one month, and the file or facts it was read from."""

    month: str
    submitted_by: str
    """Handle of the person who reports the work and therefore may not accept it."""
    lines: Sequence[Reported]
    source: bytes
    suffix: str = ".yaml"


def enter_sheet(books: Books, contract: Contract, report: Report) -> ServiceSheet:
    """Enter a sheet and its work, all or nothing; the same source again is the same sheet.

    Refused when the contract was not in force on a day of the work, the supplier may not work
    or lacked a document it needs for that, a term is not agreed, or a line is not plain. Amounts
    follow from the contract and its orders, never from the source.
    """
    log.lock(books.session)  # Two submissions of one source must not both find it new.
    return _entered_before(books, contract, report.source) or _enter(books, contract, report)


def _entered_before(books: Books, contract: Contract, source: bytes) -> ServiceSheet | None:
    query = select(ServiceSheet).where(
        col(ServiceSheet.contract_id) == contract.id,
        col(ServiceSheet.source_sha256) == sha256(source).hexdigest(),
    )
    return books.session.exec(query).one_or_none()


def _enter(books: Books, contract: Contract, report: Report) -> ServiceSheet:
    days = [line.performed_on for line in report.lines]
    refuse_unfit(books, contract, report.submitted_by, days)
    work = [(line.term, line.quantity_e4, line.order_line_id) for line in report.lines]
    agreed = agreement(books, contract, work)
    refuse_unclassified(books, contract, *{line.work_order_id for line in agreed.lines.values()})
    month = Period.month(report.month)
    rows = [
        _performed(agreed, month, line, number)
        for number, line in enumerate(report.lines, start=1)
    ]
    refuse_unlicensed(books, contract, days)
    sheet = books.enter(
        ServiceSheet(
            id=books.key(),
            reference=books.reference("SES"),
            contract_id=contract.id,
            month=month.label,
            source_sha256=keep(
                books, report.source, f"service sheet {contract.reference}", report.suffix
            ),
            submitted_by=report.submitted_by,
            submitted_on=books.as_of,
        ),
        because=f"{len(rows)} lines for {contract.reference} in {month.label}",
    )
    books.session.execute(insert(WorkItem), _rows(books, sheet, rows))
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


@contextmanager
def numbered(number: int) -> Iterator[None]:
    """Say in which line it was that something was refused."""
    try:
        yield
    except Refused as refusal:
        raise NotSubmittable(f"line {number}: {refusal}") from refusal


def _performed(agreed: Agreement, month: Period, line: Reported, number: int) -> dict[str, object]:
    """Return the columns of a line's work item, refusing with the line's number in front."""
    with numbered(number):
        _refuse_day(agreed, month, line.performed_on)
        return {"line": number, **_priced(agreed, line)}


def _refuse_day(agreed: Agreement, month: Period, day: date) -> None:
    contract = agreed.contract
    if day not in month:
        raise NotSubmittable(f"{day} is not in {month.label}; put it on that month's sheet")
    if day not in Period(contract.starts_on, contract.ends_on):
        raise NotSubmittable(
            f"{contract.reference} was not in force on {day}; report work under the contract"
            " of that day"
        )


def _priced(agreed: Agreement, line: Reported) -> dict[str, object]:
    contract = agreed.contract
    if line.quantity_e4 <= 0 or line.basis_minor < 0:
        raise NotSubmittable("quantity must be above zero and basis not below; correct them")
    work = Performed(line.term, line.quantity_e4, line.basis_minor)
    price = agreed.price(work, line.performed_on, line.order_line_id)
    extended(line.quantity_e4, price, contract.currency)  # Refuses what cannot be multiplied.
    return {
        "contract_id": contract.id,
        "order_line_id": line.order_line_id,
        "term": line.term,
        "description": line.description,
        "performed_on": line.performed_on,
        "basis_minor": line.basis_minor,
        "quantity_e4": line.quantity_e4,
        "price_e6": price,
        "currency": contract.currency,
        "accepted_e4": 0,
        "accepted_on": None,
        "claimed_e4": 0,
    }
