"""Puts expenses before a buyer as work at what they cost, and concludes what was accepted."""

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.lifecycle import ExpenseSheetStatus, ServiceSheetStatus
from vendorops.stages import Step
from vendorops.stages.expenses.policies import BadPolicy, load_policies
from vendorops.stages.expenses.submitting import BadExpense, submit
from vendorops.tables import (
    Contract,
    ExpenseLine,
    ExpenseSheet,
    OrderLine,
    ServiceSheet,
    WorkOrder,
)
from vendorops.working import Report, Reported, enter_sheet

__all__ = [
    "SUBJECT",
    "BadExpense",
    "BadPolicy",
    "advance",
    "load_policies",
    "ready",
    "submit",
]

SUBJECT = ExpenseSheet
ONE_E4 = 10**4


def ready(books: Books) -> list[int]:
    """Return the sheets that are not concluded."""
    query = select(ExpenseSheet.id).where(
        col(ExpenseSheet.status) == ExpenseSheetStatus.SUBMITTED.value
    )
    return list(books.session.exec(query.order_by(col(ExpenseSheet.id))))


def advance(books: Books, ident: int) -> Step:
    """Report expenses for acceptance, or conclude them once that was decided."""
    expenses = books.get(ExpenseSheet, ident)
    if expenses.status != ExpenseSheetStatus.SUBMITTED:
        return Step.DONE
    if expenses.service_sheet_id is None:
        expenses.service_sheet_id = _report(books, expenses).id
        books.session.flush()
        return Step.AGAIN
    sheet = books.get(ServiceSheet, expenses.service_sheet_id)
    if sheet.status == ServiceSheetStatus.SUBMITTED:
        return Step.WAITING
    refused = sheet.status == ServiceSheetStatus.REJECTED
    after = ExpenseSheetStatus.REJECTED if refused else ExpenseSheetStatus.APPROVED
    books.move(expenses, after, because=f"{sheet.reference} is {sheet.status}")
    return Step.DONE


def _report(books: Books, expenses: ExpenseSheet) -> ServiceSheet:
    order = books.get(WorkOrder, expenses.work_order_id)
    contract = books.get(Contract, order.contract_id)
    query = select(ExpenseLine).where(col(ExpenseLine.expense_sheet_id) == expenses.id)
    lines = list(books.session.exec(query.order_by(col(ExpenseLine.number))))
    told = {
        "expenses": expenses.reference,
        "order": order.reference,
        "lines": [[line.code, str(line.amount_minor), line.receipt_sha256] for line in lines],
    }
    reported = [_reported(books, order, expenses, line) for line in lines]
    report = Report(expenses.month, expenses.submitted_by, reported, canonical(told), ".json")
    return enter_sheet(books, contract, report)


def _reported(
    books: Books, order: WorkOrder, expenses: ExpenseSheet, line: ExpenseLine
) -> Reported:
    """Return an expense as a piece of work: one of it, at the agreed share of what was paid."""
    receipt = f", receipt {line.receipt_sha256[:12]}" if line.receipt_sha256 else ""
    said = f"{line.code}: {line.description}, cost centre {line.cost_centre}{receipt}"
    return Reported(
        term=line.term,
        description=f"{order.reference} {expenses.reference}/{line.number} {said}",
        performed_on=line.spent_on,
        quantity_e4=ONE_E4,
        basis_minor=line.amount_minor,
        order_line_id=_priced_by(books, order, line),
    )


def _priced_by(books: Books, order: WorkOrder, line: ExpenseLine) -> int | None:
    query = (
        select(OrderLine.id)
        .where(
            col(OrderLine.work_order_id) == order.id,
            col(OrderLine.code) == line.term,
            col(OrderLine.valid_from) <= line.spent_on,
        )
        .order_by(col(OrderLine.valid_from).desc(), col(OrderLine.revision).desc())
    )
    return books.session.exec(query).first()
