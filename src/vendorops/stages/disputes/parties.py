"""Who speaks for which side of a dispute, and who took part in the work it is about."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import those_who_answered
from vendorops.books.standing import refuse_outsider
from vendorops.domain.disputing import BUYER, SUPPLIER
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Allocation,
    Decision,
    Dispute,
    Invoice,
    InvoiceLine,
    Person,
    Supplier,
    WorkItem,
)


class NotYourDispute(Refused):
    """The person speaks for neither side, or for the other one."""


def side_of(books: Books, invoice: Invoice) -> str:
    """Return for which side the actor speaks about a claim: its supplier's, or ours."""
    person = books.session.exec(
        select(Person).where(col(Person.handle) == books.actor)
    ).one_or_none()
    if person is not None and person.party_id is not None:
        supplier = books.get(Supplier, invoice.supplier_id)
        if person.party_id != supplier.party_id:
            raise NotYourDispute(
                f"{books.actor} belongs to another party than {supplier.reference}, whose claim "
                f"{invoice.reference} is"
            )
        return SUPPLIER
    refuse_outsider(books)
    return BUYER


def took_part(books: Books, dispute: Dispute) -> tuple[str, ...]:
    """Return who may not decide an outcome: who proposed it, opened it, or accepted the work."""
    lines = select(InvoiceLine.id).where(
        col(InvoiceLine.id) == dispute.invoice_line_id
        if dispute.invoice_line_id
        else col(InvoiceLine.invoice_id) == dispute.invoice_id
    )
    named = select(InvoiceLine.work_item_id).where(col(InvoiceLine.id).in_(lines))
    matched = select(Allocation.work_item_id).where(col(Allocation.invoice_line_id).in_(lines))
    sheets = select(WorkItem.service_sheet_id).where(
        col(WorkItem.id).in_(named) | col(WorkItem.id).in_(matched)
    )
    accepted = those_who_answered(
        books,
        col(Decision.kind) == "acceptance",
        col(Decision.subject_table) == "servicesheet",
        col(Decision.subject_id).in_(sheets),
    )
    people = accepted | {str(dispute.outcome_by or ""), dispute.opened_by}
    return tuple(sorted(people - {""}))
