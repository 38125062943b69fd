"""How a supplier met requisitions: when it was asked, proposed, met, offered and filled."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.kpi import TIMES, Facts, Judged, Search
from vendorops.domain.lifecycle import InterviewStatus, OfferStatus, RequisitionStatus
from vendorops.tables import (
    Distribution,
    Interview,
    Offer,
    Requisition,
    Row,
    Submission,
    Supplier,
    Worker,
    WorkOrder,
)
from vendorops.working.measuring.turns import Candidate, turns_of

R = TypeVar("R", bound=Row)
BEGUN = ("active", "closed", "terminated")


def found(books: Books, supplier: Supplier) -> Facts:
    """Return every requisition that was released to a supplier, and what became of its people."""
    query = (
        select(Distribution, Requisition)
        .join(Requisition, col(Requisition.id) == col(Distribution.requisition_id))
        .where(
            col(Distribution.supplier_id) == supplier.id,
            col(Distribution.released_at).is_not(None),
        )
        .order_by(col(Distribution.id))
    )
    asked = books.session.exec(query).all()
    candidates = _candidates(books, supplier)
    return Facts(
        searches=[_search(row, wanted, candidates[wanted.id]) for row, wanted in asked],
        shares={
            "submit_to_interview": [
                judged
                for _, wanted in asked
                for one in candidates[wanted.id]
                for judged in _met(wanted, one)
            ],
            "offer_to_start": _started(books, supplier),
        },
    )


def _candidates(books: Books, supplier: Supplier) -> Mapping[int, list[Candidate]]:
    """Return whom the supplier proposed, by requisition."""
    mine = select(Submission.id).where(col(Submission.supplier_id) == supplier.id)
    query = select(Submission).where(col(Submission.supplier_id) == supplier.id)
    met = select(Interview).where(col(Interview.submission_id).in_(mine))
    offers = select(Offer).where(col(Offer.submission_id).in_(mine))
    interviews: defaultdict[int, list[Interview]] = defaultdict(list)
    for interview in books.session.exec(met.order_by(col(Interview.id))):
        interviews[interview.submission_id].append(interview)
    offered: defaultdict[int, list[Offer]] = defaultdict(list)
    for offer in books.session.exec(offers.order_by(col(Offer.id))):
        offered[offer.submission_id].append(offer)
    grouped: defaultdict[int, list[Candidate]] = defaultdict(list)
    for row in books.session.exec(query.order_by(col(Submission.id))):
        grouped[row.requisition_id].append(Candidate(row, interviews[row.id], offered[row.id]))
    return grouped


def _search(row: Distribution, wanted: Requisition, candidates: Sequence[Candidate]) -> Search:
    reached = {
        "time_to_submit": [one.row.submitted_at for one in candidates if not one.duplicate],
        "time_to_interview": [at for one in candidates for at in _meetings(one)],
        "time_to_offer": [
            offer.released_at for one in candidates for offer in one.offers if offer.released_at
        ],
    }
    firsts = {code: [min(instants)] for code, instants in reached.items() if instants}
    fills = [
        offer.answered_at
        for one in candidates
        for offer in one.offers
        if offer.status == OfferStatus.ACCEPTED and offer.answered_at
    ]
    cancelled = wanted.status == RequisitionStatus.CANCELLED
    return Search(
        reference=wanted.reference,
        positions=wanted.positions,
        released=row.released_at or wanted.opened_at,
        turns=turns_of(row, wanted, candidates),
        reached=firsts | {TIMES[-1]: sorted(fills)},
        ended=None if cancelled else wanted.filled_at or wanted.ended_at,
    )


def _meetings(one: Candidate) -> list[datetime]:
    return [
        meeting.starts_at for meeting in one.interviews if meeting.status == InterviewStatus.DONE
    ]


def _met(wanted: Requisition, one: Candidate) -> list[Judged]:
    """Tell whether a candidate was met; of one who still waits, or came too late, nothing yet."""
    meetings = _meetings(one)
    if meetings:
        return [Judged(min(meetings).date(), met=True)]
    ended = one.row.ended_at
    over = wanted.filled_at or wanted.ended_at
    if one.duplicate or ended is None or (over and ended >= over):
        return []
    return [Judged(ended.date(), met=False)]


def _started(books: Books, supplier: Supplier) -> list[Judged]:
    """Tell of every accepted offer whose first day has come whether its person was ordered.

    Whoever is hired for a salary is not ordered, but placed.
    """
    query = (
        select(Offer, WorkOrder.id)
        .outerjoin(Worker, col(Worker.id) == col(Offer.worker_id))
        .outerjoin(
            WorkOrder,
            (col(WorkOrder.worker_id) == col(Worker.id))
            & (col(WorkOrder.contract_id) == col(Offer.contract_id))
            & col(WorkOrder.status).in_(BEGUN),
        )
        .where(
            col(Offer.supplier_id) == supplier.id,
            col(Offer.pay_kind) == "bill_rate",
            col(Offer.status) == OfferStatus.ACCEPTED,
            col(Offer.starts_on) <= books.as_of,
        )
    )
    started: dict[int, Judged] = {}
    for offer, order in books.session.exec(query.order_by(col(Offer.id))):
        known = started.get(offer.id)
        started[offer.id] = Judged(offer.starts_on, bool(order) or bool(known and known.met))
    return list(started.values())
