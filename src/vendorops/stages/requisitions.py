"""Has requisitions approved by somebody who did not ask for them, and closes those run out."""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.moments import latest
from vendorops.domain.lifecycle import OfferStatus, RequisitionStatus
from vendorops.domain.money import Money
from vendorops.roles import role
from vendorops.stages import Step
from vendorops.tables import Contract, Distribution, Requisition
from vendorops.working.sourcing.ending import end_requisition, has_live
from vendorops.working.sourcing.finding import distributions_of, offers_in
from vendorops.working.sourcing.opening import expected

SUBJECT = Requisition
UNAPPROVED = (RequisitionStatus.DRAFT, RequisitionStatus.PENDING_APPROVAL)
RUNNING = (
    RequisitionStatus.APPROVED,
    RequisitionStatus.DISTRIBUTED,
    RequisitionStatus.IN_PROGRESS,
)


def ready(books: Books) -> list[int]:
    """Return what waits for approval, and what nobody can answer or decide on any more."""
    new = select(Requisition.id).where(col(Requisition.status).in_(UNAPPROVED))
    over = select(Requisition).where(
        col(Requisition.status).in_(RUNNING), col(Requisition.deadline) < books.as_of
    )
    ended = [row.id for row in books.session.exec(over) if not has_live(books, row)]
    return sorted([*books.session.exec(new), *ended])


def advance(books: Books, ident: int) -> Step:
    """Ask for approval, carry out the answer, or close what ran out."""
    row = books.get(Requisition, ident)
    if row.status == RequisitionStatus.DRAFT:
        row.asked_at = latest(books)
        books.move(row, RequisitionStatus.PENDING_APPROVAL, because="put up for approval")
        return Step.AGAIN
    if row.status == RequisitionStatus.PENDING_APPROVAL:
        return _have_approved(books, row)
    if row.status in RUNNING and row.deadline < books.as_of and not has_live(books, row):
        taken = offers_in(books, row, (OfferStatus.ACCEPTED,))
        because = f"its deadline {row.deadline} passed; {taken} of {row.positions} positions taken"
        end_requisition(books, row, RequisitionStatus.CLOSED, because)
    return Step.DONE


def _have_approved(books: Books, row: Requisition) -> Step:
    decision = decided(books, _question(books, row))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    if decision.answer != "approve":
        end_requisition(books, row, RequisitionStatus.CANCELLED, because)
        return Step.DONE
    row.approved_at, row.approved_by = latest(books), str(decision.answered_by)
    books.move(row, RequisitionStatus.APPROVED, because=because, content=decision.content_sha256)
    return Step.DONE


def _question(books: Books, row: Requisition) -> Question:
    asked = distributions_of(books, row)
    wanted, amount = role(row.role), expected(row)
    budget = Money(row.budget_minor, row.currency)
    return Question(
        kind="requisition",
        subject=row,
        content={
            "requisition": row.reference,
            "title": row.title,
            "role": row.role,
            "positions": row.positions,
            "budget": f"{budget!r} a {row.pay_unit} ({row.pay_kind})",
            "expected": repr(amount),
            "deadline": row.deadline.isoformat(),
            "starts_on": row.starts_on.isoformat(),
            "requested_by": row.requested_by,
            "suppliers": [_asked(books, each) for each in asked],
        },
        sentence=(
            f"Look for {row.positions} x {wanted.name} {wanted.zh} by {row.deadline}, up to"
            f" {budget!r} a {row.pay_unit} each and {amount!r} in all, through {len(asked)}"
            f" suppliers? {row.title}, wanted by {row.requested_by}."
        ),
        role="approver",
        amount=amount,
        program=row.program,
        place=row.place,
        not_by=tuple(
            dict.fromkeys((row.requested_by, row.opened_by, *(each.planned_by for each in asked)))
        ),
    )


def _asked(books: Books, row: Distribution) -> dict[str, object]:
    return {
        "distribution": row.reference,
        "contract": books.get(Contract, row.contract_id).reference,
        "tier": row.tier,
        "after_hours": row.offset_hours,
        "gate": f"{row.gate} {row.gate_minimum}" if row.gate else "",
    }
