"""Has terms agreed that no price says, and enters the lines that follow from accepted work."""

from sqlalchemy import func, or_
from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.domain.earnings import KIND as PAY_PLAN
from vendorops.domain.lifecycle import AgreedTermStatus
from vendorops.stages import Step
from vendorops.stages.adjustments.closing import close
from vendorops.tables import AgreedTerm, Contract, ServiceSheet, Supplier
from vendorops.working.adjusting import (
    WITHOUT_MONTHS,
    last_month_over,
    propose,
    refuse_overlap,
    shown_facts,
)
from vendorops.working.service_fees import ACCEPTED

__all__ = ["SUBJECT", "advance", "propose", "ready"]

SUBJECT = AgreedTerm
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return drafts, and agreed terms of which a month is over or more work was accepted."""
    accepted = (
        select(func.count())
        .where(
            col(ServiceSheet.contract_id) == col(AgreedTerm.contract_id),
            col(ServiceSheet.status).in_(ACCEPTED),
        )
        .scalar_subquery()
    )
    behind = or_(
        col(AgreedTerm.closed_through) < last_month_over(books),
        col(AgreedTerm.counted_sheets) != accepted,
    )
    brings_lines = col(AgreedTerm.kind).not_in(WITHOUT_MONTHS)
    agreed = (col(AgreedTerm.status) == AgreedTermStatus.AGREED.value) & brings_lines & behind
    draft = col(AgreedTerm.status) == AgreedTermStatus.DRAFT.value
    query = select(AgreedTerm.id).where(or_(draft, agreed))
    return list(books.session.exec(query.order_by(col(AgreedTerm.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask whether a term holds, or enter what it comes to for months that are over.

    Raises NotAgreeable where something else was agreed for the same work since it was proposed.
    """
    row = books.get(AgreedTerm, ident)
    if row.status == AgreedTermStatus.DRAFT:
        return _agree(books, row)
    if row.status == AgreedTermStatus.AGREED and row.kind not in WITHOUT_MONTHS:
        return close(books, row)
    return Step.DONE


def _agree(books: Books, row: AgreedTerm) -> Step:
    decision = decided(books, _question(books, row))
    if decision is None:
        return Step.WAITING
    agreed = decision.answer == "approve"
    if agreed:
        refuse_overlap(books, row)
    after = AgreedTermStatus.AGREED if agreed else AgreedTermStatus.REJECTED
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    books.move(row, after, because=because, content=decision.content_sha256)
    return Step.AGAIN


def _question(books: Books, row: AgreedTerm) -> Question:
    contract = books.get(Contract, row.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    shown = shown_facts(row, contract.currency)
    by = f" ({shown['method']} by {shown['plan']})" if row.kind == PAY_PLAN else ""
    return Question(
        kind="agreed_term",
        subject=row,
        content={
            "term": row.reference,
            "contract": contract.reference,
            "supplier": supplier.reference,
            "source_sha256": row.source_sha256,
            **shown,
        },
        sentence=(
            f"Let {row.kind.replace('_', ' ')}{by} hold for {contract.reference} of"
            f" {supplier.reference} from {row.valid_from} on? {row.cite}"
        ),
        role="approver",
        party_id=supplier.party_id,
        program=contract.program,
        place=contract.place,
        not_by=(row.proposed_by,),
    )
