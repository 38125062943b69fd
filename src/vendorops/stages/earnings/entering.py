"""Turns earned lines into work that a buyer accepts and memos that a settlement takes off."""

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import AgreedTerm, Contract, EarnedLine, WorkItem
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.adjusting import pay_terms_of
from vendorops.working.crediting import UNTAXED, Credit, raise_credit
from vendorops.working.earning import reporters_behind

ONE_E4 = 10**4
MEMO = {
    "earned": "earnings_correction",
    "deduction": "earnings_deduction",
    "advance": "advance_recovery",
}
RETURNED = {"deduction": "deduction_returned", "advance": "advance_returned"}
"""What is given back because less was to be taken off than was."""


class NotPassedWhole(Refused):
    """The contract does not price what was earned at exactly that."""


class Done(NamedTuple):
    """A line, and the last day on which something was done for it."""

    line: EarnedLine
    on: date


def enter_work(
    books: Books, contract: Contract, month: str, done: Sequence[Done], reporter: str
) -> None:
    """Enter one sheet of a contract and month, a piece of work for each line."""
    told = {
        "contract": contract.reference,
        "month": month,
        "lines": [
            [line.reference, line.net_minor, json.loads(line.calculation)] for line, _ in done
        ],
    }
    work = [_reported(books, each) for each in done]
    report = Report(month, reporter, work, canonical(told), ".json")
    sheet = enter_sheet(books, contract, report)
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    items = books.session.exec(query.order_by(col(WorkItem.line))).all()
    for (line, day), item in zip(done, items, strict=True):
        due = Money(line.net_minor, contract.currency)
        found = extended(item.quantity_e4, item.price_e6, item.currency)
        if found != due:
            raise NotPassedWhole(
                f"{contract.reference} makes {found} of {due} on {day}; agree on a share"
                f" of 1 for {item.term}"
            )
        line.work_item_id = item.id
    books.session.flush()


def _reported(books: Books, done: Done) -> Reported:
    line = done.line
    row = books.get(AgreedTerm, line.agreed_term_id)
    terms = pay_terms_of(row)
    again = f", correction {line.number - 1}" if line.number > 1 else ""
    said = f"收益 Earnings {line.stretch} ({terms.plan}, {terms.method}){again}"
    return Reported(
        term=terms.term,
        description=f"{line.reference} {said}",
        performed_on=done.on,
        quantity_e4=ONE_E4,
        basis_minor=line.net_minor,
    )


def enter_memo(books: Books, line: EarnedLine, reporter: str) -> None:
    """Raise what a settlement takes off, or gives back; a buyer who reported none of it issues it.

    What earned less takes its tax back with it; deductions and advances change what is paid, and
    not what was supplied, so that no tax goes with them.
    """
    contract = books.get(Contract, line.contract_id)
    row = books.get(AgreedTerm, line.agreed_term_id)
    net = Money(abs(line.net_minor), contract.currency)
    back = line.kind in RETURNED and line.net_minor < 0
    credit = Credit(
        kind=(RETURNED if back else MEMO)[line.kind],
        month=max(f"{line.ends_on:%Y-%m}", books.month.label),
        source=line,
        net=net,
        sentence=f"{_told(line, net)}, by {row.reference} ({row.cite})",
        basis=json.loads(line.calculation),
        raised_by=" ".join(sorted({reporter, *reporters_behind(books, [line])})),
        borne_by="returned" if back else "supplier",
        taxed=UNTAXED if line.kind in RETURNED else None,
    )
    raise_credit(books, contract, credit)


def _told(line: EarnedLine, net: Money) -> str:
    due = Money(line.due_minor, net.currency)
    if line.kind == "earned":
        return f"{line.stretch} comes to {due} now, {net} less than was entered"
    if line.net_minor < 0:
        return f"{due} of {line.stretch} goes against {line.kind}s now, {net} less than was taken"
    return f"{net} of {line.stretch} goes against {line.kind}s"
