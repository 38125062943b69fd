"""Takes expenses in from a form: every line by a rule, with its receipt, or none of them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.domain.lifecycle import ExpenseSheetStatus, WorkOrderStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.stages.expenses.policies import policies
from vendorops.tables import (
    Contract,
    ExpenseLine,
    ExpensePolicy,
    ExpenseSheet,
    Person,
    Supplier,
    WorkOrder,
)

BEGUN = (WorkOrderStatus.ACTIVE, WorkOrderStatus.CLOSED, WorkOrderStatus.TERMINATED)


class BadExpense(Refused):
    """An expense that is not paid back as it stands."""


class ExpenseForm(Form):
    """One expense, in the currency of the order."""

    code: Words
    description: Words
    spent_on: IsoDay
    cost_centre: Words
    amount: Words
    receipt: str = ""
    """File of the receipt, beside the form."""


class ExpensesForm(Form):
    """The expenses of one order in one month."""

    work_order: Words
    month: Words
    lines: Annotated[tuple[ExpenseForm, ...], Field(min_length=1, max_length=400)]


def submit(books: Books, data: bytes, folder: Path) -> ExpenseSheet:
    """Enter expenses, all or nothing; the same file again is the same sheet.

    Receipts lie in `folder`. Raises BadForm, and BadExpense naming the line: a day outside the
    order or the month, or to come; a code without a rule; an amount above the rule's cap; a
    receipt that is missing or was handed in before.
    """
    said = read_form(data, ExpensesForm, "expenses")
    log.lock(books.session)
    order = books.named(WorkOrder, said.work_order)
    _refuse_order(books, order)
    query = select(ExpenseSheet).where(
        col(ExpenseSheet.work_order_id) == order.id,
        col(ExpenseSheet.source_sha256) == sha256(data).hexdigest(),
    )
    known = books.session.exec(query).one_or_none()
    return known or _enter(books, order, said, (data, folder))


def _refuse_order(books: Books, order: WorkOrder) -> None:
    if order.status not in BEGUN:
        raise BadExpense(
            f"{order.reference} is {order.status}, not active; nothing is spent on it"
        )
    query = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(query).one_or_none()
    contract = books.get(Contract, order.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    if person is None or person.party_id not in (None, supplier.party_id):
        raise BadExpense(
            f"{books.actor} neither belongs to {supplier.reference} nor to us; expenses of"
            f" {order.reference} are handed in by its supplier or by us"
        )


def _enter(
    books: Books, order: WorkOrder, said: ExpensesForm, source: tuple[bytes, Path]
) -> ExpenseSheet:
    data, folder = source
    lines = _lines(books, order, said, folder)
    sheet = books.enter(
        ExpenseSheet(
            id=books.key(),
            reference=books.reference("EXP"),
            work_order_id=order.id,
            month=Period.month(said.month).label,
            currency=order.currency,
            total_minor=sum(line.amount_minor for line in lines),
            source_sha256=keep(books, data, f"expenses of {order.reference}", ".yaml"),
            submitted_by=books.actor,
            submitted_on=books.as_of,
        ),
        because=f"{len(lines)} expenses of {order.reference} in {said.month}",
    )
    for line in lines:
        line.expense_sheet_id = sheet.id
        books.enter(line)
    return sheet


def _lines(
    books: Books, order: WorkOrder, said: ExpensesForm, folder: Path
) -> Sequence[ExpenseLine]:
    rules, found = policies(books, order.currency), []
    for number, form in enumerate(said.lines, start=1):
        try:
            _refuse_day(books, order, said.month, form)
            if form.code not in rules:
                known = ", ".join(sorted(rules)) or "none yet"
                raise BadExpense(f"{form.code!r} has no rule; the expense policy has {known}")
            rule = rules[form.code].on(form.spent_on)
            amount = _amount(rule, form)
            receipt = _receipt(books, rule, form, folder)
        except Refused as refusal:
            raise BadExpense(f"line {number}: {refusal}") from refusal
        found.append(
            ExpenseLine(
                id=books.key(),
                expense_sheet_id=0,
                number=number,
                code=form.code,
                term=rule.term,
                description=form.description,
                spent_on=form.spent_on,
                cost_centre=form.cost_centre,
                amount_minor=amount,
                receipt_sha256=receipt,
            )
        )
    return found


def _refuse_day(books: Books, order: WorkOrder, month: str, form: ExpenseForm) -> None:
    day = form.spent_on
    if day not in Period.month(month):
        raise BadExpense(f"{day} is not in {month}; put it on that month's sheet")
    if not order.starts_on <= day < order.ends_on:
        raise BadExpense(
            f"{day} is outside {order.reference}, which runs from {order.starts_on} until before"
            f" {order.ends_on}; report it under the order of that day"
        )
    if day > books.as_of:
        raise BadExpense(f"{day} has not come yet; report an expense once it was paid")


def _amount(rule: ExpensePolicy, form: ExpenseForm) -> int:
    amount = Money.parse(form.amount, rule.currency)
    if amount.minor <= 0:
        raise BadExpense(f"{amount} is not above nothing; leave the line out")
    cap = Money(rule.cap_minor, rule.currency)
    if cap and amount > cap:
        raise BadExpense(f"{amount} for {form.code} is above the {cap} of {rule.cite}; lower it")
    return amount.minor


def _receipt(books: Books, rule: ExpensePolicy, form: ExpenseForm, folder: Path) -> str:
    """Keep a receipt and return its hash; nothing where the rule asks for none."""
    if not form.receipt:
        if rule.receipt:
            raise BadExpense(f"{form.code} needs a receipt; name its file")
        return ""
    path = folder / Path(form.receipt).name
    if not path.is_file():
        raise BadExpense(f"the receipt {path.name!r} does not lie beside the form; put it there")
    digest = keep(books, path.read_bytes(), "receipt", path.suffix)
    query = (
        select(ExpenseSheet.reference)
        .join(ExpenseLine, col(ExpenseLine.expense_sheet_id) == col(ExpenseSheet.id))
        .where(
            col(ExpenseLine.receipt_sha256) == digest,
            col(ExpenseSheet.status) != ExpenseSheetStatus.REJECTED.value,
        )
    )
    other = books.session.exec(query).first()
    if other:
        raise BadExpense(f"the receipt {path.name!r} was handed in with {other}; it counts once")
    return digest
