"""A search for people as one supplier met it, from the need to the accepted offer.

Instants are told as days and hours of November 2026, in UTC.
"""

from datetime import UTC, date, datetime
from typing import Any

from tests.make.days import SHA
from tests.make.orders import worker
from tests.make.parties import legal_entity
from tests.make.rows import put
from vendorops.books import Books
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


def at(day: int, hour: int = 0) -> datetime:
    """Return an instant of November 2026."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def wanted(books: Books, **changed: Any) -> Requisition:
    """One live anchor, approved and sent out on the 2nd."""
    usual = {
        "reference": books.reference("REQ"),
        "legal_entity_id": legal_entity(books).id,
        "program": "staffing",
        "place": "cn",
        "title": "分拣 Sorting",
        "role": "2.3.4",
        "positions": 1,
        "pay_kind": "bill_rate",
        "pay_unit": "hour",
        "currency": "CNY",
        "budget_minor": 6_000,
        "units_e4": 10_000,
        "deadline": date(2026, 11, 20),
        "starts_on": date(2026, 11, 23),
        "requested_by": "lin.buyer",
        "opened_by": "lin.buyer",
        "opened_at": at(2, 1),
        "asked_at": at(2, 1),
        "approved_at": at(2, 3),
        "approved_by": "wang.approver",
        "distributed_at": at(2, 4),
        "status": "distributed",
    }
    return put(books, Requisition, usual, changed)


def released(books: Books, of: Requisition, under: Contract, **changed: Any) -> Distribution:
    """A supplier that was asked on the 2nd at 4."""
    usual = {
        "reference": books.reference("DIS"),
        "requisition_id": of.id,
        "supplier_id": under.supplier_id,
        "contract_id": under.id,
        "tier": 1,
        "offset_hours": 0,
        "planned_by": "lin.buyer",
        "planned_at": at(2, 1),
        "released_at": at(2, 4),
        "status": "released",
    }
    return put(books, Distribution, usual, changed)


def proposed(books: Books, of: Distribution, **changed: Any) -> Submission:
    """A candidate submitted on the 3rd at 4, a day after the supplier was asked."""
    usual = {
        "reference": books.reference("SUB"),
        "requisition_id": of.requisition_id,
        "distribution_id": of.id,
        "supplier_id": of.supplier_id,
        "candidate_name": "李小红",
        "identifier_scheme": "cn_ric",
        "identifier_masked": "••••0071",
        "candidate_key": f"no number {books.key()}",
        "bill_minor": 5_200,
        "represented_on": date(2026, 11, 1),
        "consent_sha256": SHA,
        "owned_until": date(2027, 2, 2),
        "submitted_by": "he.hengxin",
        "submitted_at": at(3, 4),
    }
    return put(books, Submission, usual, changed)


def met(books: Books, of: Submission, **changed: Any) -> Interview:
    """A meeting proposed on the 5th at 4, confirmed at 10, held on the 6th from 4 to 5."""
    usual = {
        "reference": books.reference("ITV"),
        "submission_id": of.id,
        "round": 1,
        "starts_at": at(6, 4),
        "ends_at": at(6, 5),
        "panel": "lin.buyer",
        "proposed_by": "lin.buyer",
        "proposed_at": at(5, 4),
        "confirmed_at": at(5, 10),
        "confirmed_by": "he.hengxin",
        "ended_at": at(6, 5),
        "ended_by": "lin.buyer",
        "status": "done",
    }
    return put(books, Interview, usual, changed)


def accepted_offer(books: Books, of: Submission, who: Worker, **changed: Any) -> Offer:
    """An offer drafted on the 6th at 5, released on the 9th at 5, accepted at 15."""
    told = books.get(Distribution, of.distribution_id)
    usual = {
        "reference": books.reference("OFR"),
        "requisition_id": of.requisition_id,
        "submission_id": of.id,
        "supplier_id": of.supplier_id,
        "contract_id": told.contract_id,
        "pay_kind": "bill_rate",
        "pay_unit": "hour",
        "currency": "CNY",
        "amount_minor": 5_200,
        "starts_on": date(2026, 11, 23),
        "expires_on": date(2026, 11, 18),
        "drafted_by": "lin.buyer",
        "drafted_at": at(6, 5),
        "released_at": at(9, 5),
        "approved_by": "wang.approver",
        "answered_at": at(9, 15),
        "answered_by": "he.hengxin",
        "worker_id": who.id,
        "status": "accepted",
    }
    return put(books, Offer, usual, changed)


def filled(books: Books, under: Contract) -> Requisition:
    """A whole search: shortlisted on the 5th at 4, filled on the 9th at 15."""
    key = f"no number {books.key()}"
    who = worker(books, books.get(Supplier, under.supplier_id), identifier_index=key)
    need = wanted(books, filled_at=at(9, 15), ended_at=at(9, 15), status="filled")
    row = released(books, need, under, responded_at=at(3, 4))
    candidate = proposed(
        books,
        row,
        shortlisted_at=at(5, 4),
        interviewing_at=at(5, 4),
        offered_at=at(9, 5),
        ended_at=at(9, 15),
        worker_id=who.id,
        candidate_key=key,
        status="accepted",
    )
    met(books, candidate)
    accepted_offer(books, candidate, who)
    return need
