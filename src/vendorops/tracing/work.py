"""What accepted work rests on: who accepted it, and the contract's term on the day it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import extended, price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.program import Performed
from vendorops.tables import Contract, Decision, OrderLine, ServiceSheet, WorkItem, WorkOrder
from vendorops.tracing.contracts import Clauses, contract_node
from vendorops.tracing.decisions import decision_node, decisions_about
from vendorops.tracing.deliveries import delivery_nodes
from vendorops.tracing.earnings import earning_nodes
from vendorops.tracing.tree import Check, Node
from vendorops.working import Agreement, agreement


@dataclass(frozen=True)
class Grounds:
    """Work with its sheets, the answers to them, and its contracts with their terms."""

    work: Mapping[int, WorkItem]
    sheets: Mapping[int, ServiceSheet]
    accepted: Mapping[int, list[Decision]]
    """By sheet."""
    agreed: Mapping[int, Agreement]
    """By sheet: as known when it was handed in."""
    orders: Mapping[int, WorkOrder]
    """By order line."""
    delivered: Mapping[int, Node]
    """By work that was reported as a delivery, or follows from a pay plan."""
    clauses: Clauses


def grounds(books: Books, work: Sequence[WorkItem]) -> Grounds:
    """Return what some work rests on."""
    wanted = {item.service_sheet_id for item in work}
    sheets = [books.get(ServiceSheet, ident) for ident in sorted(wanted)]
    ordered = {item.order_line_id for item in work if item.order_line_id}
    return Grounds(
        work={item.id: item for item in work},
        sheets={sheet.id: sheet for sheet in sheets},
        accepted=decisions_about(books, sheets),
        agreed={sheet.id: _agreed(books, sheet) for sheet in sheets},
        orders={
            ident: books.get(WorkOrder, books.get(OrderLine, ident).work_order_id)
            for ident in sorted(ordered)
        },
        delivered=delivery_nodes(books, work) | earning_nodes(books, work),
        clauses=Clauses(books),
    )


def _agreed(books: Books, sheet: ServiceSheet) -> Agreement:
    query = select(WorkItem.term, WorkItem.quantity_e4, WorkItem.order_line_id).where(
        col(WorkItem.service_sheet_id) == sheet.id
    )
    contract = books.get(Contract, sheet.contract_id)
    return agreement(books, contract, books.session.exec(query).all(), sheet.submitted_on)


def trace_work(books: Books, reference: str) -> Node:
    """Return the tree of one piece of work."""
    item = books.named(WorkItem, reference)
    found = work_node(grounds(books, [item]), item.id)
    contract = contract_node(books, books.get(Contract, item.contract_id))
    return replace(found, parts=(*found.parts, contract))


def work_node(known: Grounds, ident: int) -> Node:
    """Return a piece of work, its acceptance, and the term that prices it."""
    item = known.work[ident]
    facts = {
        "what": item.description,
        "done_on": item.performed_on.isoformat(),
        "delivered": quantity_text(item.quantity_e4),
        "accepted": quantity_text(item.accepted_e4),
        "claimed": quantity_text(item.claimed_e4),
        "price": price_text(item.price_e6),
    }
    proof = [known.delivered[ident]] if ident in known.delivered else []
    return Node(
        "work",
        item.reference,
        extended(item.accepted_e4, item.price_e6, item.currency),
        facts,
        (_within_accepted(item),),
        (*proof, _acceptance_node(known, item), _term_node(known, item)),
    )


def _acceptance_node(known: Grounds, item: WorkItem) -> Node:
    """Return the sheet the work stands on, what proves it was handed in, and who accepted it."""
    sheet = known.sheets[item.service_sheet_id]
    facts = {
        "month": sheet.month,
        "submitted_by": sheet.submitted_by,
        "submitted_on": sheet.submitted_on.isoformat(),
        "status": sheet.status,
        "evidence_sha256": sheet.source_sha256,
    }
    answers = known.accepted[sheet.id][-1:]  # Earlier ones could not be followed.
    return Node(
        "acceptance", sheet.reference, facts=facts, parts=tuple(map(decision_node, answers))
    )


def _within_accepted(item: WorkItem) -> Check:
    claimed, accepted = quantity_text(item.claimed_e4), quantity_text(item.accepted_e4)
    return Check(
        f"claimed {claimed} of {accepted} accepted", 0 <= item.claimed_e4 <= item.accepted_e4
    )


def _term_node(known: Grounds, item: WorkItem) -> Node:
    """Return what prices the work: the line of its order, or the contract's term of the day."""
    agreed = known.agreed[item.service_sheet_id]
    performed = Performed(item.term, item.quantity_e4, item.basis_minor)
    price = agreed.price(performed, item.performed_on, item.order_line_id)
    agrees = price == item.price_e6
    said = (
        f"the term makes {price_text(price)} {'=' if agrees else '≠'} {price_text(item.price_e6)}"
    )
    term = _contract_node(known, item, (Check(said, agrees),))
    if not item.order_line_id:
        return term
    line, order = agreed.lines[item.order_line_id], known.orders[item.order_line_id]
    facts = {
        "line": str(line.number),
        "code": line.code,
        "price": price_text(line.price_e6),
        "since": line.valid_from.isoformat(),
        "revision": str(line.revision),
        "status": order.status,
    }
    return Node("order", order.reference, facts=facts, parts=(term,))


def _contract_node(known: Grounds, item: WorkItem, checks: tuple[Check, ...]) -> Node:
    agreed = known.agreed[item.service_sheet_id]
    contract, day = agreed.contract, item.performed_on
    values = agreed.values(day, item.order_line_id)
    rates = agreed.facts.on(day).rates_on(day)
    facts = {
        "term": item.term,
        "value": price_text(values[item.term]) if item.term in values else "",
        "since": rates[item.term].valid_from.isoformat() if item.term in rates else "",
        "of": Money(item.basis_minor, item.currency) if item.basis_minor else "",
        **known.clauses.clause(agreed, item.term, day),
        "signed_by": contract.signed_by or "",
    }
    return Node("term", contract.reference, facts=facts, checks=checks)
