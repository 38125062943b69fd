"""Places orders under contracts and proposes changes of them; stages have both decided.

What is ordered is approved by somebody who did not ask for it (stage `ordering`), and so is every
revision (stage `order_revisions`): an extension, another rate, an end, a change order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import ChecklistItem, Contract, OrderLine, WorkOrder
from vendorops.working.order_checks import refuse_order

PREFIXES = {"work_order": "WO", "statement_of_work": "SOW", "task_order": "TO"}
_LINES = (  # Written once: orders, revisions and every report of work ask it.
    select(OrderLine)
    .where(col(OrderLine.work_order_id) == bindparam("order"))
    .order_by(col(OrderLine.number), col(OrderLine.valid_from), col(OrderLine.revision))
)


class NotOrderable(Refused):
    """The order contradicts itself."""


@dataclass(frozen=True)
class LineWanted:
    """One priced line of an order that is to be."""

    code: str
    """A term code of the contract's program."""
    kind: str
    """time, event, schedule, unit, no_cost or expense."""
    description: str
    price_e6: int
    pay_e6: int = 0
    most_e4: int = 0
    due_on: date | None = None
    number: int = 0
    """0 for the next one; given where a revision changes a line."""


@dataclass(frozen=True)
class Wanted:
    """An order that is to be."""

    form: str
    title: str
    starts_on: date
    ends_on: date
    budget_minor: int
    lines: Sequence[LineWanted]
    role: str = ""
    site: str = ""
    mode: str = ""
    worker_id: int | None = None
    start_items: Mapping[str, str] = field(default_factory=dict)
    """What must be done before the first day: code to sentence; see `ChecklistItem`."""


def place_order(books: Books, contract: Contract, wanted: Wanted) -> WorkOrder:
    """Enter an order in draft, with its lines and what must be done before its start.

    Raises NotOrderable where it contradicts itself, and what the modules of `order_checks` raise.
    """
    log.lock(books.session)
    if wanted.form not in PREFIXES:
        raise NotOrderable(f"form: an order is one of {', '.join(PREFIXES)}")
    if wanted.starts_on >= wanted.ends_on or wanted.budget_minor <= 0:
        raise NotOrderable("an order ends after its start and has a budget above nothing")
    order = WorkOrder(
        id=books.key(),
        reference=books.reference(PREFIXES[wanted.form]),
        form=wanted.form,
        contract_id=contract.id,
        worker_id=wanted.worker_id,
        title=wanted.title,
        role=wanted.role,
        site=wanted.site,
        mode=wanted.mode,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        currency=contract.currency,
        budget_minor=wanted.budget_minor,
        requested_by=books.actor,
        ordered_on=books.as_of,
    )
    lines = new_lines(books, contract, order, wanted.lines, order.starts_on)
    refuse_order(books, order, lines)
    books.enter(order, because=f"{len(lines)} lines under {contract.reference}: {wanted.title}")
    for line in lines:
        books.enter(line)
    for code, sentence in wanted.start_items.items():
        _enter_item(books, order, code, sentence)
    return order


def new_lines(
    books: Books,
    contract: Contract,
    order: WorkOrder,
    wanted: Sequence[LineWanted],
    valid_from: date,
) -> list[OrderLine]:
    """Return rows for lines that are to hold from a day on; nothing is entered."""
    known = program(contract.program)
    last = max((line.number for line in lines_of(books, order)), default=0)
    found: list[OrderLine] = []
    for line in wanted:
        last += 0 if line.number else 1
        if line.kind == "no_cost" and line.price_e6:
            raise NotOrderable(f"{line.description}: what costs nothing has no price")
        found.append(
            OrderLine(
                id=books.key(),
                work_order_id=order.id,
                number=line.number or last,
                revision=order.revision,
                code=line.code,
                kind=line.kind,
                description=line.description,
                unit=known.term(line.code).unit,
                price_e6=line.price_e6,
                pay_e6=line.pay_e6,
                most_e4=line.most_e4,
                due_on=line.due_on,
                valid_from=valid_from,
            )
        )
    return found


def lines_of(books: Books, order: WorkOrder) -> list[OrderLine]:
    """Return all lines of an order, superseded ones among them, oldest first."""
    return list(books.session.exec(_LINES, params={"order": order.id}))


def lines_on(books: Books, order: WorkOrder, day: date) -> dict[int, OrderLine]:
    """Return the line of each number that holds on a day: of those begun, the newest."""
    return {line.number: line for line in lines_of(books, order) if line.valid_from <= day}


def _enter_item(books: Books, order: WorkOrder, code: str, sentence: str) -> None:
    books.enter(
        ChecklistItem(
            id=books.key(),
            work_order_id=order.id,
            code=code,
            sentence=sentence,
            required_before="start",
            due_on=order.starts_on,
        )
    )
