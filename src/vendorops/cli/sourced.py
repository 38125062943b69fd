"""Sourcing as people and scripts read it: one row a requisition, supplier, candidate, offer."""

from typing import Any

from vendorops.books import Books
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import (
    DistributionStatus,
    InterviewStatus,
    OfferStatus,
    RequisitionStatus,
    SubmissionStatus,
)
from vendorops.domain.money import Money
from vendorops.domain.turns import turn
from vendorops.roles import role
from vendorops.tables import (
    Contract,
    Distribution,
    Interview,
    Offer,
    Requisition,
    Submission,
    Supplier,
    Worker,
)
from vendorops.working.sourcing.finding import offers_in

Fact = dict[str, Any]


def requisition(books: Books, row: Requisition) -> Fact:
    """Return a requisition."""
    wanted = role(row.role)
    return {
        "requisition": row.reference,
        "title": row.title,
        "role": row.role,
        "role_name": f"{wanted.name} {wanted.zh}",
        "positions": row.positions,
        "taken": offers_in(books, row, (OfferStatus.ACCEPTED,)),
        "budget": Money(row.budget_minor, row.currency),
        "per": row.pay_unit,
        "deadline": row.deadline,
        "starts": row.starts_on,
        "requested_by": row.requested_by,
        "status": row.status,
        "because": row.ended_because or None,
        "turn": turn(RequisitionStatus(row.status)),
        **waits_for(books, row),
    }


def distribution(books: Books, row: Distribution) -> Fact:
    """Return that a supplier is asked."""
    return {
        "distribution": row.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "contract": books.get(Contract, row.contract_id).reference,
        "tier": row.tier,
        "after_hours": row.offset_hours,
        "gate": f"{row.gate} {row.gate_minimum}" if row.gate else None,
        "released": row.released_at,
        "viewed": row.viewed_at,
        "responded": row.responded_at,
        "status": row.status,
        "because": row.ended_because or None,
        "turn": turn(DistributionStatus(row.status)),
    }


def submission(books: Books, row: Submission) -> Fact:
    """Return a candidate, his number masked; of a duplicate, what owns him."""
    of = books.get(Requisition, row.requisition_id)
    owner = books.get(Submission, row.duplicate_of_id) if row.duplicate_of_id else None
    worker = books.get(Worker, row.worker_id) if row.worker_id else None
    return {
        "submission": row.reference,
        "requisition": of.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "candidate": row.candidate_name,
        "number": f"{row.identifier_scheme} {row.identifier_masked}",
        "asks": Money(row.pay_minor or row.bill_minor, of.currency),
        "per": of.pay_unit,
        "submitted": row.submitted_at,
        "owned_until": row.owned_until,
        "status": row.status,
        "because": row.ended_because or None,
        "duplicate_of": owner.reference if owner else None,
        "worker": worker.reference if worker else None,
        "turn": turn(SubmissionStatus(row.status)),
    }


def interview(books: Books, row: Interview) -> Fact:
    """Return a meeting with a candidate."""
    return {
        "interview": row.reference,
        "submission": books.get(Submission, row.submission_id).reference,
        "round": row.round,
        "starts": row.starts_at,
        "ends": row.ends_at,
        "panel": row.panel.split(),
        "where": row.where or None,
        "status": row.status,
        "note": row.note or None,
        "turn": turn(InterviewStatus(row.status)),
    }


def offer(books: Books, row: Offer) -> Fact:
    """Return an offer."""
    worker = books.get(Worker, row.worker_id) if row.worker_id else None
    return {
        "offer": row.reference,
        "submission": books.get(Submission, row.submission_id).reference,
        "requisition": books.get(Requisition, row.requisition_id).reference,
        "type": row.pay_kind,
        "amount": Money(row.amount_minor, row.currency),
        "per": row.pay_unit,
        "starts": row.starts_on,
        "expires": row.expires_on,
        "status": row.status,
        "because": row.ended_because or None,
        "worker": worker.reference if worker else None,
        "turn": turn(OfferStatus(row.status)),
        **waits_for(books, row),
    }
