"""Gathers what recruiters earned: one sheet per contract and month of starts and the retainer."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.stages import Step
from vendorops.tables import Contract, ContractTerm, Placement, ServiceSheet, WorkItem
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.fitness import IN_FORCE
from vendorops.working.placing.retainers import RETAINER, retainer_lines, retainer_months

SUBJECT = Contract
ONE_E4 = 10_000


def ready(books: Books) -> list[int]:
    """Return contracts with something earned in a month that is over and on no sheet yet."""
    if books.month.end > books.as_of:
        return []
    started = select(Placement.contract_id).where(_ungathered(books))
    retained = select(ContractTerm.contract_id).where(col(ContractTerm.code) == RETAINER)
    with_starts = set(books.session.exec(started))
    query = select(Contract).where(
        col(Contract.id).in_(retained), col(Contract.status).in_(IN_FORCE)
    )
    due = {row.id for row in books.session.exec(query) if retainer_months(books, row)}
    return sorted(with_starts | due)


def advance(books: Books, ident: int) -> Step:
    """Enter the sheet of the first month of a contract that something was earned in."""
    contract = books.get(Contract, ident)
    query = select(Placement).where(col(Placement.contract_id) == ident, _ungathered(books))
    found = list(books.session.exec(query.order_by(col(Placement.reference))))
    months = {Period.month_of(row.started_on) for row in found if row.started_on}
    retained = retainer_months(books, contract)
    if not months and not retained:
        return Step.DONE
    month = min([*months, *retained])
    started = [row for row in found if row.started_on and row.started_on in month]
    _enter(books, contract, month, started)
    return Step.AGAIN


def _ungathered(books: Books) -> ColumnElement[bool]:
    """Return the condition under which a start earned a fee that is on no sheet yet."""
    return (
        col(Placement.started_on).is_not(None)
        & (col(Placement.started_on) < books.month.end)
        & col(Placement.work_item_id).is_(None)
        & col(Placement.replaces_id).is_(None)
    )


def _enter(books: Books, contract: Contract, month: Period, started: list[Placement]) -> None:
    retainers = retainer_lines(books, contract, month)
    lines = [*map(_line, started), *retainers]
    source = {
        "contract": contract.reference,
        "month": month.label,
        "placements": [_told(row) for row in started],
        "retainer": [[str(line.performed_on), line.quantity_e4] for line in retainers],
    }
    reporter = started[0].start_reported_by if started else contract.signed_by or ""
    report = Report(month.label, reporter, lines, canonical(source), ".json")
    _link(books, enter_sheet(books, contract, report), started)


def _line(row: Placement) -> Reported:
    who = f"{row.worker_name}, {row.title}" if row.title else row.worker_name
    return Reported(
        term=row.fee_term,
        description=f"到岗 Start of {row.reference}: {who}",
        performed_on=row.started_on or row.starts_on,
        quantity_e4=ONE_E4,
        basis_minor=row.base_salary_minor,
    )


def _told(row: Placement) -> dict[str, str]:
    return {
        "placement": row.reference,
        "worker": row.worker_name,
        "started_on": str(row.started_on),
        "reported_by": row.start_reported_by,
        "pay": repr(Money(row.base_salary_minor, row.currency)),
        "fee": row.fee_term,
    }


def _link(books: Books, sheet: ServiceSheet, started: list[Placement]) -> None:
    """Let each placement know the line on which its fee stands."""
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    items = books.session.exec(query.order_by(col(WorkItem.line)))
    for row, item in zip(started, items, strict=False):
        row.work_item_id = item.id
    books.session.flush()
