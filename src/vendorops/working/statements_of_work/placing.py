"""Places a statement of work as an order with delivery terms, or proposes a change of one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from vendorops.books import Books, log
from vendorops.domain.late_fines import LateFine
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.domain.money import Money
from vendorops.tables import Contract, DeliveryTerm, OrderRevision, WorkOrder
from vendorops.working.delivery_terms import EVERY_LINE
from vendorops.working.ordering import LineWanted, Wanted, place_order
from vendorops.working.revising import Change, propose_revision
from vendorops.working.statements_of_work.reading import (
    BadStatement,
    Changed,
    ChangedLine,
    Line,
    Statement,
)

FORM = "statement_of_work"
CODES = {
    "event": "milestone",
    "schedule": "instalment",
    "no_cost": "management_event",
    "time": "service_hour",
}
"""The usual term code of each kind of line."""


def place_statement(books: Books, said: Statement) -> WorkOrder:
    """Enter a statement of work in draft, its lines and on which terms they are delivered.

    Raises BadStatement where a line contradicts its kind, and what `place_order` raises.
    """
    log.lock(books.session)
    contract = books.named(Contract, said.contract)
    fine = _fine(said)
    _check_scale(said)
    wanted = Wanted(
        form=FORM,
        title=said.title,
        starts_on=said.start,
        ends_on=said.end,
        budget_minor=Money.parse(_plain(said.budget), contract.currency).minor,
        lines=list(_lines(said.lines)),
    )
    order = place_order(books, contract, wanted)
    _enter_terms(books, order, said, fine)
    return order


def change_statement(books: Books, said: Changed) -> OrderRevision:
    """Propose a change order: another budget, another end, lines changed or added.

    Raises BadStatement where it is no statement of work or a line asks for terms of its own, and
    what `propose_revision` raises.
    """
    log.lock(books.session)
    order = books.named(WorkOrder, said.order)
    if order.form != FORM:
        raise BadStatement(f"{order.reference} is a {order.form}; change it with vendorops order")
    graded = [line.description for line in said.lines if line.least_grade or line.acceptance]
    if graded:
        raise BadStatement(f"{graded[0]}: how a line is accepted is agreed when it is placed")
    delta = Money.parse(_plain(said.delta), order.currency).minor if said.delta else 0
    return propose_revision(
        books,
        order,
        Change(
            kind="change",
            valid_from=said.valid_from,
            reason=said.reason,
            ends_on=said.end,
            budget_minor=order.budget_minor + delta if delta else None,
            lines=list(_lines(said.lines)),
        ),
    )


def _lines(lines: Sequence[Line]) -> Iterator[LineWanted]:
    for line in lines:
        _check_line(line)
        if line.kind == "schedule":
            for part in line.instalments:
                yield _wanted(line, part.amount, part.due)
        else:
            yield _wanted(line, line.price or Decimal(0), line.due)


def _wanted(line: Line, price: Decimal, due: date | None) -> LineWanted:
    number = line.line if isinstance(line, ChangedLine) and line.line else 0
    return LineWanted(
        code=line.code or CODES[line.kind],
        kind=line.kind,
        description=line.description,
        price_e6=price_e6(_plain(price)),
        most_e4=quantity_e4(_plain(line.most)) if line.most else 0,
        due_on=due,
        number=int(number),
    )


def _check_line(line: Line) -> None:
    """Refuse what a line of its kind cannot say."""
    name = f"{line.description}: "
    scheduled = line.kind == "schedule"
    if scheduled != bool(line.instalments):
        raise BadStatement(
            f"{name}a schedule, and nothing else, has instalments of day and amount"
        )
    if scheduled and (line.price is not None or line.due or line.most):
        raise BadStatement(f"{name}a schedule says price and day in its instalments")
    if line.kind == "unit" and not line.code:
        raise BadStatement(f"{name}a unit fee needs the code of a term, such as case_closed")
    if line.kind in ("event", "unit", "time") and line.price is None:
        raise BadStatement(f"{name}give its price")
    for part in (line.price, line.most, *(each.amount for each in line.instalments)):
        if part is not None and part < 0:
            raise BadStatement(f"{name}prices, amounts and most are not below zero")


def _check_scale(said: Statement) -> None:
    """Refuse grades that no scale states."""
    if len(set(said.grades)) != len(said.grades) or any(" " in one for one in said.grades):
        raise BadStatement("grades: name each grade once, as a word without blanks")
    for line in said.lines:
        if line.least_grade and line.least_grade not in said.grades:
            raise BadStatement(
                f"{line.description}: least_grade {line.least_grade!r} is not on the scale"
                f" ({' '.join(said.grades) or 'none is stated'})"
            )


def _fine(said: Statement) -> LateFine:
    if said.late_fine is None:
        return LateFine()
    shares = (said.late_fine.share, said.late_fine.cap)
    return LateFine(*(price_e6(_plain(share)) for share in shares))


def _enter_terms(books: Books, order: WorkOrder, said: Statement, fine: LateFine) -> None:
    late = {"late_share_e6": fine.share_e6, "late_cap_e6": fine.cap_e6}
    if fine.share_e6:
        _enter_term(books, order, {"number": EVERY_LINE, **late})
    number = 0
    for line in said.lines:
        first = number + 1
        number += len(line.instalments) or 1
        accepted = {
            "acceptance": line.acceptance,
            "grades": " ".join(said.grades) if line.least_grade else "",
            "least_grade": line.least_grade,
        }
        if any(accepted.values()):
            for each in range(first, number + 1):
                _enter_term(books, order, {"number": each, **accepted, **late})


def _enter_term(books: Books, order: WorkOrder, told: Mapping[str, Any]) -> None:
    books.enter(DeliveryTerm(id=books.key(), work_order_id=order.id, **told))


def _plain(number: Decimal) -> str:
    return f"{number:f}"
