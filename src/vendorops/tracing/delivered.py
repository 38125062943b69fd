"""What a delivery came to: the files that prove it, and the work it became."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import total
from vendorops.tables import Contract, Delivery, TaskAssignment, TaskDelivery, WorkItem
from vendorops.tracing.contracts import contract_node
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.deliveries import delivery_node, order_delivery_node
from vendorops.tracing.tree import Node
from vendorops.tracing.work import grounds, work_node


def trace_delivery(books: Books, reference: str) -> Node:
    """Return a delivery under an order, with what was accepted of it as its amount."""
    row = books.named(Delivery, reference)
    work = [books.get(WorkItem, row.work_item_id)] if row.work_item_id else []
    contract = books.get(Contract, row.contract_id)
    node = order_delivery_node(books, row)
    return _whole(books, node, work, contract, trace_decisions(books, row))


def trace_task_delivery(books: Books, reference: str) -> Node:
    """Return what a freelancer delivered, with what was accepted of it as its amount."""
    row = books.named(TaskDelivery, reference)
    query = select(WorkItem).where(
        col(WorkItem.service_sheet_id) == row.service_sheet_id,
        col(WorkItem.line) == row.sheet_line,
    )
    task = books.get(TaskAssignment, row.task_assignment_id)
    contract = books.get(Contract, task.contract_id)
    node = delivery_node(books, row)
    return _whole(
        books, node, list(books.session.exec(query)), contract, trace_decisions(books, row)
    )


def _whole(
    books: Books, node: Node, work: list[WorkItem], contract: Contract, decided: tuple[Node, ...]
) -> Node:
    known = grounds(books, work)
    items = [work_node(known, item.id).sharing() for item in work]
    accepted = total([item.amount for item in items if item.amount], contract.currency)
    parts = (*node.parts, *decided, *items, contract_node(books, contract))
    return Node(node.kind, node.reference, accepted, node.facts, parts=parts)
