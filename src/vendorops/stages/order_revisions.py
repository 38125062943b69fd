"""Has changes of orders approved by somebody who did not propose them, and makes them."""

import json

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import OrderRevisionStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import Contract, OrderRevision, Supplier, WorkOrder
from vendorops.working.revising import apply_revision

SUBJECT = OrderRevision
OPEN = (OrderRevisionStatus.DRAFT, OrderRevisionStatus.APPROVED)
KINDS = {"change": "change_order"}
"""Kind of question by kind of revision: a matrix may ask for more where the scope grows."""


def ready(books: Books) -> list[int]:
    """Return the changes that are not made yet."""
    query = select(OrderRevision.id).where(col(OrderRevision.status).in_(OPEN))
    return list(books.session.exec(query.order_by(col(OrderRevision.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a change approved, then make it; its new prices hold from its own day on."""
    revision = books.get(OrderRevision, ident)
    if revision.status == OrderRevisionStatus.APPROVED:
        apply_revision(books, revision)
        books.move(revision, OrderRevisionStatus.APPLIED, because="approved")
        return Step.DONE
    if revision.status != OrderRevisionStatus.DRAFT:
        return Step.DONE
    decision = decided(books, _question(books, revision))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    approved = decision.answer == "approve"
    after = OrderRevisionStatus.APPROVED if approved else OrderRevisionStatus.REJECTED
    books.move(revision, after, because=because, content=decision.content_sha256)
    return Step.AGAIN


def _question(books: Books, revision: OrderRevision) -> Question:
    order = books.get(WorkOrder, revision.work_order_id)
    contract = books.get(Contract, order.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    delta = Money(revision.delta_minor, order.currency)
    return Question(
        kind=KINDS.get(revision.kind, "order_revision"),
        subject=revision,
        content={
            "revision": revision.reference,
            "contract": contract.reference,
            "kind": revision.kind,
            "from": revision.valid_from.isoformat(),
            "delta": repr(delta),
            "before": json.loads(revision.before),
            "after": json.loads(revision.after),
            "reason": revision.reason,
        },
        sentence=(
            f"Change {order.reference} of {supplier.reference} from {revision.valid_from}"
            f" ({revision.kind}, {delta} more)? {revision.reason}"
        ),
        role="approver",
        party_id=supplier.party_id,
        amount=Money(max(order.budget_minor, order.budget_minor + delta.minor), order.currency),
        program=contract.program,
        place=contract.place,
        not_by=(revision.proposed_by,),
    )
