"""Turns earned lines into work that a buyer accepts and memos that a settlement takes off."""

import json
from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import AgreedTerm, Contract, EarnedLine, WorkItem
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.crediting import Credit, raise_credit
from vendorops.working.earning import reporters_behind, terms_of

ONE_E4 = 10**4
MEMO = {
    "earned": "earnings_correction",
    "deduction": "earnings_deduction",
    "advance": "advance_recovery",
}
TITLES = {
    "earned": "收益 Earnings",
    "deduction": "退还扣款 Deduction given back",
    "advance": "退还预支抵扣 Advance recovery given back",
}


class NotPassedWhole(Refused):
    """The contract does not price what was earned at exactly that."""


def enter_work(
    books: Books, contract: Contract, month: str, lines: Sequence[EarnedLine], reporter: str
) -> None:
    """Enter one sheet of a contract and month, a piece of work for each line."""
    told = {
        "contract": contract.reference,
        "month": month,
        "lines": [
            [line.reference, line.net_minor, json.loads(line.calculation)] for line in lines
        ],
    }
    work = [_reported(books, line) for line in lines]
    report = Report(month, reporter, work, canonical(told), ".json")
    sheet = enter_sheet(books, contract, report)
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    items = books.session.exec(query.order_by(col(WorkItem.line))).all()
    for line, item in zip(lines, items, strict=True):
        due = Money(abs(line.net_minor), contract.currency)
        found = extended(item.quantity_e4, item.price_e6, item.currency)
        if found != due:
            raise NotPassedWhole(
                f"{contract.reference} makes {found} of {due} on {line.ends_on}; agree on a share"
                f" of 1 for {item.term}"
            )
        line.work_item_id = item.id
    books.session.flush()


def _reported(books: Books, line: EarnedLine) -> Reported:
    row = books.get(AgreedTerm, line.agreed_term_id)
    terms = terms_of(row)
    again = f", correction {line.number - 1}" if line.number > 1 else ""
    said = f"{TITLES[line.kind]} {line.stretch} ({terms.plan}, {terms.method}){again}"
    return Reported(
        term=terms.term,
        description=f"{line.reference} {said}",
        performed_on=line.ends_on,
        quantity_e4=ONE_E4,
        basis_minor=abs(line.net_minor),
    )


def enter_memo(books: Books, line: EarnedLine, reporter: str) -> None:
    """Raise what takes a line off what is owed; a buyer who reported none of it issues it."""
    contract = books.get(Contract, line.contract_id)
    row = books.get(AgreedTerm, line.agreed_term_id)
    net = Money(abs(line.net_minor), contract.currency)
    due = Money(line.due_minor, contract.currency)
    sentence = (
        f"{line.stretch} comes to {due} now, {net} less than was entered"
        if line.kind == "earned"
        else f"{net} of {line.stretch} goes against {line.kind}s"
    )
    credit = Credit(
        kind=MEMO[line.kind],
        month=max(f"{line.ends_on:%Y-%m}", books.month.label),
        source=line,
        net=net,
        sentence=f"{sentence}, by {row.reference} ({row.cite})",
        basis=json.loads(line.calculation),
        raised_by=" ".join(sorted({reporter, *reporters_behind(books, [line])})),
    )
    raise_credit(books, contract, credit)
