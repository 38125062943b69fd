"""How people are found: requisitions, to whom they went, and who was proposed and offered."""

from datetime import UTC, date, datetime
from typing import Any

from tests.make.days import AS_OF, SHA
from tests.make.parties import legal_entity
from tests.make.rows import put
from vendorops.books import Books
from vendorops.domain.lifecycle import DistributionStatus, RequisitionStatus
from vendorops.tables import Contract, Distribution, Offer, Requisition, Submission

OPENED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SENT_AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
ASKED = datetime(2026, 11, 4, 9, tzinfo=UTC)


def requisition(books: Books, **changed: Any) -> Requisition:
    """Two live anchors for a year, approved yesterday and sent out, candidates until the 20th."""
    usual = {
        "reference": books.reference("REQ"),
        "legal_entity_id": legal_entity(books).id,
        "program": "rpo",
        "place": "cn",
        "title": "主播 Live anchors",
        "role": "2.3.4",
        "positions": 2,
        "pay_kind": "salary",
        "pay_unit": "year",
        "currency": "CNY",
        "budget_minor": 24_000_000,
        "units_e4": 10_000,
        "deadline": date(2026, 11, 20),
        "starts_on": date(2027, 1, 4),
        "requested_by": "chen.approver",
        "opened_by": "lin.buyer",
        "opened_at": OPENED_AT,
        "asked_at": OPENED_AT,
        "approved_at": SENT_AT,
        "approved_by": "wang.approver",
        "distributed_at": SENT_AT,
        "status": RequisitionStatus.DISTRIBUTED,
    }
    return put(books, Requisition, usual, changed)


def distribution(books: Books, of: Requisition, under: Contract, **changed: Any) -> Distribution:
    """A supplier that was asked at once when the requisition was approved."""
    usual = {
        "reference": books.reference("DIS"),
        "requisition_id": of.id,
        "supplier_id": under.supplier_id,
        "contract_id": under.id,
        "tier": 1,
        "offset_hours": 0,
        "planned_by": "lin.buyer",
        "planned_at": OPENED_AT,
        "released_at": SENT_AT,
        "status": DistributionStatus.RELEASED,
    }
    return put(books, Distribution, usual, changed)


def submission(books: Books, of: Distribution, **changed: Any) -> Submission:
    """A candidate, just submitted, whose number no vault holds."""
    usual = {
        "reference": books.reference("SUB"),
        "requisition_id": of.requisition_id,
        "distribution_id": of.id,
        "supplier_id": of.supplier_id,
        "candidate_name": "李小红",
        "identifier_scheme": "cn_ric",
        "identifier_masked": "••••0071",
        "candidate_key": f"no number {books.key()}",
        "pay_minor": 20_000_000,
        "represented_on": date(2026, 11, 1),
        "consent_sha256": SHA,
        "owned_until": date(2027, 2, 2),
        "submitted_by": "he.hengxin",
        "submitted_at": ASKED,
    }
    return put(books, Submission, usual, changed)


def offer(books: Books, to: Submission, **changed: Any) -> Offer:
    """An offer in draft, of what the candidate expects."""
    of = books.get(Distribution, to.distribution_id)
    usual = {
        "reference": books.reference("OFR"),
        "requisition_id": to.requisition_id,
        "submission_id": to.id,
        "supplier_id": to.supplier_id,
        "contract_id": of.contract_id,
        "pay_kind": "salary",
        "pay_unit": "year",
        "currency": "CNY",
        "amount_minor": 20_000_000,
        "starts_on": date(2027, 1, 4),
        "expires_on": AS_OF.replace(day=18),
        "drafted_by": "lin.buyer",
        "drafted_at": ASKED,
    }
    return put(books, Offer, usual, changed)
