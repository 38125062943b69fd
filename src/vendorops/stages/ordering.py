"""Has orders approved, lets them begin once their checklist is done, and ends them."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import ChecklistItemStatus, Status, WorkOrderStatus
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.tables import ChecklistItem, Contract, OrderLine, Supplier, WorkOrder
from vendorops.working.order_checks import refuse_order
from vendorops.working.ordering import lines_of

SUBJECT = WorkOrder
SETTLED = (ChecklistItemStatus.DONE, ChecklistItemStatus.WAIVED)


class NotReady(Refused):
    """Something that must be done before the start was not."""


def ready(books: Books) -> list[int]:
    """Return drafts, accepted orders whose first day has come, active ones that are over."""
    begins = and_(
        col(WorkOrder.status) == WorkOrderStatus.ACCEPTED, col(WorkOrder.starts_on) <= books.as_of
    )
    is_over = and_(
        col(WorkOrder.status) == WorkOrderStatus.ACTIVE, col(WorkOrder.ends_on) <= books.as_of
    )
    draft = col(WorkOrder.status) == WorkOrderStatus.DRAFT
    query = select(WorkOrder.id).where(or_(draft, begins, is_over))
    return list(books.session.exec(query.order_by(col(WorkOrder.id))))


def advance(books: Books, ident: int) -> Step:
    """Take an order one step further.

    Raises NotReady on its first day while its checklist is open, and what the checks of orders
    raise when it no longer may be placed.
    """
    order = books.get(WorkOrder, ident)
    if order.status == WorkOrderStatus.DRAFT:
        return _approve(books, order)
    if order.status == WorkOrderStatus.ACCEPTED and order.starts_on <= books.as_of:
        _refuse_unready(books, order)
        books.move(order, WorkOrderStatus.ACTIVE, because="its first day has come")
        return Step.AGAIN
    if order.status == WorkOrderStatus.ACTIVE and order.ends_on <= books.as_of:
        order.closed_because = order.closed_because or "its last day is over"
        books.move(order, WorkOrderStatus.CLOSED, because=order.closed_because)
    return Step.DONE


def _approve(books: Books, order: WorkOrder) -> Step:
    lines = lines_of(books, order)
    refuse_order(books, order, lines)
    decision = decided(books, _question(books, order, lines))
    if decision is None:
        return Step.WAITING
    after: Status = WorkOrderStatus.ACCEPTED
    if decision.answer == "reject":
        after = WorkOrderStatus.REJECTED
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    books.move(order, after, because=because, content=decision.content_sha256)
    return Step.AGAIN


def _refuse_unready(books: Books, order: WorkOrder) -> None:
    query = select(ChecklistItem).where(
        col(ChecklistItem.work_order_id) == order.id,
        col(ChecklistItem.required_before) == "start",
        col(ChecklistItem.status).not_in(SETTLED),
    )
    open_items = [item.code for item in books.session.exec(query.order_by(ChecklistItem.code))]
    if open_items:
        raise NotReady(
            f"{order.reference} was to start on {order.starts_on}; still open: "
            f"{', '.join(open_items)}. Have them done or waived: vendorops order item"
        )


def _question(books: Books, order: WorkOrder, lines: list[OrderLine]) -> Question:
    contract = books.get(Contract, order.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    budget = Money(order.budget_minor, order.currency)
    return Question(
        kind=order.form,
        subject=order,
        content={
            "order": order.reference,
            "contract": contract.reference,
            "supplier": supplier.reference,
            "title": order.title,
            "role": order.role,
            "site": order.site,
            "mode": order.mode,
            "from": order.starts_on.isoformat(),
            "until_before": order.ends_on.isoformat(),
            "budget": repr(budget),
            "lines": [_shown(line) for line in lines],
        },
        sentence=(
            f"Order {order.title} of {supplier.reference} under {contract.reference} from"
            f" {order.starts_on}, for {budget} at most?"
        ),
        role="approver",
        party_id=supplier.party_id,
        amount=budget,
        program=contract.program,
        place=contract.place,
        not_by=(order.requested_by,),
    )


def _shown(line: OrderLine) -> dict[str, str]:
    return {
        "number": str(line.number),
        "code": line.code,
        "kind": line.kind,
        "description": line.description,
        "price": price_text(line.price_e6),
        "pay": price_text(line.pay_e6),
        "most": quantity_text(line.most_e4),
        "due_on": line.due_on.isoformat() if line.due_on else "",
    }
