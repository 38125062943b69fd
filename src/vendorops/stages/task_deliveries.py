"""Puts what freelancers delivered on sheets of work: of one contract, month and deliverer each."""

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.lifecycle import TaskDeliveryStatus
from vendorops.domain.measure import quantity_text
from vendorops.domain.periods import Period
from vendorops.stages import Step
from vendorops.tables import Contract, OrderLine, Task, TaskAssignment, TaskDelivery
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.tasks.delivering import evidence_of

SUBJECT = TaskDelivery
LONGEST = 400
"""Characters of a line's description, as on the sheets that suppliers hand in."""


def ready(books: Books) -> list[int]:
    """Return the deliveries that stand on no sheet yet."""
    query = select(TaskDelivery.id).where(col(TaskDelivery.status) == TaskDeliveryStatus.DELIVERED)
    return list(books.session.exec(query.order_by(col(TaskDelivery.id))))


def advance(books: Books, ident: int) -> Step:
    """Enter a sheet of a delivery and of all that belongs on the same one.

    The deliverer submits it, so the acceptance stage lets anybody accept it but him. Raises what
    `enter_sheet` raises.
    """
    row = books.get(TaskDelivery, ident)
    if row.status != TaskDeliveryStatus.DELIVERED:
        return Step.DONE
    contract = books.get(Contract, _assignment(books, row).contract_id)
    month = Period.month_of(row.done_on)
    rows = _together(books, contract, month, row.delivered_by)
    source = canonical([_told(books, each) for each in rows])
    lines = [_line(books, each) for each in rows]
    report = Report(month.label, row.delivered_by, lines, source, ".json")
    sheet = enter_sheet(books, contract, report)
    for number, each in enumerate(rows, start=1):
        each.service_sheet_id, each.sheet_line = sheet.id, number
        books.move(
            each, TaskDeliveryStatus.ON_SHEET, because=f"line {number} of {sheet.reference}"
        )
    return Step.DONE


def _together(
    books: Books, contract: Contract, month: Period, delivered_by: str
) -> list[TaskDelivery]:
    query = (
        select(TaskDelivery)
        .join(TaskAssignment, col(TaskAssignment.id) == col(TaskDelivery.task_assignment_id))
        .where(
            col(TaskAssignment.contract_id) == contract.id,
            col(TaskDelivery.status) == TaskDeliveryStatus.DELIVERED,
            col(TaskDelivery.delivered_by) == delivered_by,
            col(TaskDelivery.done_on) >= month.start,
            col(TaskDelivery.done_on) < month.end,
        )
    )
    return list(books.session.exec(query.order_by(col(TaskDelivery.id))))


def _assignment(books: Books, row: TaskDelivery) -> TaskAssignment:
    return books.get(TaskAssignment, row.task_assignment_id)


def _line(books: Books, row: TaskDelivery) -> Reported:
    assignment = _assignment(books, row)
    task = books.get(Task, assignment.task_id)
    query = select(OrderLine).where(col(OrderLine.work_order_id) == assignment.work_order_id)
    line = books.session.exec(query).one()
    late = f", {row.late_days} 天逾期 days late" if row.late_days else ""
    again = f", 返工 rework {row.number - 1}" if row.number > 1 else ""
    told = f" ({assignment.reference}{late}{again})"
    return Reported(
        term=task.code,
        description=task.title[: LONGEST - len(told)] + told,
        performed_on=row.done_on,
        quantity_e4=row.quantity_e4,
        order_line_id=line.id,
    )


def _told(books: Books, row: TaskDelivery) -> dict[str, object]:
    """Return a delivery as its sheet's source says it, with the hash of all that proves it."""
    assignment = _assignment(books, row)
    return {
        "delivery": row.reference,
        "order": assignment.reference,
        "task": books.get(Task, assignment.task_id).reference,
        "number": str(row.number),
        "quantity": quantity_text(row.quantity_e4),
        "done_on": row.done_on.isoformat(),
        "delivered_on": row.delivered_on.isoformat(),
        "delivered_by": row.delivered_by,
        "late_days": str(row.late_days),
        "note": row.note,
        "evidence": [
            {"name": file.name, "sha256": file.sha256, "kept_at": file.kept_at.isoformat()}
            for file in evidence_of(books, row)
        ],
    }
