"""The acceptance note of a service sheet: what was delivered, accepted and rejected, by whom."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.fields import Data
from vendorops.documents.notices.heading import heading
from vendorops.documents.telling import UNITS
from vendorops.domain.lifecycle import DecisionStatus, ServiceSheetStatus
from vendorops.domain.measure import quantity_text
from vendorops.domain.program import Program
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import Contract, Decision, ServiceSheet, WorkItem

KIND = "acceptance-note"


class NotAnswered(Refused):
    """Nobody has accepted or rejected the work yet, so no note can say so."""


def acceptance_note(books: Books, sheet: ServiceSheet, languages: str = "") -> RenderedDocument:
    """Set the acceptance note of a sheet; the same rows give the same bytes."""
    contract = books.get(Contract, sheet.contract_id)
    decision = _answer(books, sheet)
    day = decision.answered_on or books.as_of
    fields: Data = {
        **heading(books, contract, languages),
        "reference": sheet.reference,
        "day": day.isoformat(),
        "month": sheet.month,
        "accepted_by": decision.answered_by or "",
        "accepted_on": day.isoformat(),
        "items": [_item(contract, item, decision) for item in _items(books, sheet)],
        "evidence_sha256": sheet.source_sha256,
    }
    order = DocumentOrder(KIND, contract.place, day, fields)
    return render_document(books.settings.templates, order)


def _answer(books: Books, sheet: ServiceSheet) -> Decision:
    """Return the answer that concluded a sheet: the last one, as others could not be followed."""
    query = select(Decision).where(
        col(Decision.subject_table) == ServiceSheet.__name__.lower(),
        col(Decision.subject_id) == sheet.id,
        col(Decision.kind) == "acceptance",
        col(Decision.status) == DecisionStatus.ANSWERED,
    )
    found = list(books.session.exec(query.order_by(col(Decision.id))))
    if sheet.status == ServiceSheetStatus.SUBMITTED or not found:
        raise NotAnswered(
            f"nobody has accepted or rejected {sheet.reference} yet; see vendorops inbox --all"
        )
    return found[-1]


def _items(books: Books, sheet: ServiceSheet) -> list[WorkItem]:
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    return list(books.session.exec(query.order_by(col(WorkItem.line))))


def _item(contract: Contract, item: WorkItem, decision: Decision) -> dict[str, str]:
    rejected = item.quantity_e4 - item.accepted_e4
    return {
        "reference": item.reference,
        "description": item.description,
        "unit": _unit(program(contract.program), item.term),
        "delivered": quantity_text(item.quantity_e4),
        "accepted": quantity_text(item.accepted_e4),
        "rejected": quantity_text(rejected),
        "reason": decision.reason if rejected else "",
    }


def _unit(kind: Program, term: str) -> str:
    unit = kind.term(term).unit
    return UNITS.get(unit, unit)
