"""Has offers approved by somebody who did not draft them, releases them, and lets them expire."""

from fractions import Fraction

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.moments import latest
from vendorops.domain.lifecycle import OfferStatus, SubmissionStatus
from vendorops.domain.money import Money, Rounding
from vendorops.stages import Step
from vendorops.tables import Contract, Offer, Requisition, Submission, Supplier
from vendorops.working.sourcing.accepting import expire, has_expired
from vendorops.working.sourcing.ending import end_offer
from vendorops.working.sourcing.fitness import refuse_unfit

SUBJECT = Offer
E4 = 10**4


def ready(books: Books) -> list[int]:
    """Return the offers that are not released yet, and those that nobody answered in time."""
    drafts = select(Offer.id).where(col(Offer.status) == OfferStatus.DRAFT.value)
    late = select(Offer.id).where(
        col(Offer.status) == OfferStatus.RELEASED.value, col(Offer.expires_on) < books.as_of
    )
    return sorted([*books.session.exec(drafts), *books.session.exec(late)])


def advance(books: Books, ident: int) -> Step:
    """Ask whether an offer is made, carry out the answer, or note that it ran out."""
    row = books.get(Offer, ident)
    if row.status == OfferStatus.RELEASED and has_expired(row, books.as_of):
        expire(books, row)
    if row.status != OfferStatus.DRAFT:
        return Step.DONE
    if has_expired(row, books.as_of):
        because = f"nobody approved it by {row.expires_on}"
        end_offer(books, row, OfferStatus.WITHDRAWN, because)
        return Step.DONE
    requisition = books.get(Requisition, row.requisition_id)
    refuse_unfit(books, requisition, books.get(Contract, row.contract_id))
    decision = decided(books, _question(books, row, requisition))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    if decision.answer != "approve":
        end_offer(books, row, OfferStatus.WITHDRAWN, because)
        return Step.DONE
    row.released_at, row.approved_by = latest(books), str(decision.answered_by)
    books.move(row, OfferStatus.RELEASED, because=because, content=decision.content_sha256)
    _note_offered(books, row)
    return Step.DONE


def _note_offered(books: Books, row: Offer) -> None:
    submission = books.get(Submission, row.submission_id)
    if submission.status != SubmissionStatus.OFFERED:
        submission.offered_at = row.released_at
        books.move(submission, SubmissionStatus.OFFERED, because=row.reference)


def _question(books: Books, row: Offer, requisition: Requisition) -> Question:
    submission = books.get(Submission, row.submission_id)
    supplier = books.get(Supplier, row.supplier_id)
    rate = Money(row.amount_minor, row.currency)
    units = Fraction(requisition.units_e4, E4)
    return Question(
        kind="offer",
        subject=row,
        content={
            "offer": row.reference,
            "requisition": requisition.reference,
            "submission": submission.reference,
            "contract": books.get(Contract, row.contract_id).reference,
            "amount": f"{rate!r} a {row.pay_unit} ({row.pay_kind})",
            "pay": repr(Money(row.pay_minor, row.currency)),
            "budget": repr(Money(requisition.budget_minor, row.currency)),
            "starts_on": row.starts_on.isoformat(),
            "expires_on": row.expires_on.isoformat(),
        },
        sentence=(
            f"Offer {submission.candidate_name} ({submission.reference}, of {supplier.reference})"
            f" {rate!r} a {row.pay_unit} from {row.starts_on} on, for {requisition.reference}"
            f" {requisition.title}? The budget is"
            f" {Money(requisition.budget_minor, row.currency)!r}."
        ),
        role="approver",
        party_id=supplier.party_id,
        amount=rate.times(units, rounding=Rounding.HALF_UP),
        program=requisition.program,
        place=requisition.place,
        not_by=(row.drafted_by,),
    )
