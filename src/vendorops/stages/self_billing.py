"""Has suppliers agree that we write their invoices, and drafts pro formas of accepted work."""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided, log
from vendorops.domain.lifecycle import SelfBillingAgreementStatus
from vendorops.stages import Step
from vendorops.tables import Contract, SelfBillingAgreement, Supplier
from vendorops.working.self_billing import agreements_to_bill, draft_due

SUBJECT = SelfBillingAgreement
OWNER = "finance"
"""The role that sees to what is refused here."""
DUE_DAYS = 14


def ready(books: Books) -> list[int]:
    """Return proposals that nobody answered, and agreements under which work is to be billed."""
    query = select(SelfBillingAgreement.id).where(
        col(SelfBillingAgreement.status) == SelfBillingAgreementStatus.PROPOSED.value
    )
    return sorted({*books.session.exec(query), *agreements_to_bill(books)})


def advance(books: Books, ident: int) -> Step:
    """Ask the supplier, or draft what is due under what it agreed to."""
    log.lock(books.session)  # Nobody may claim or draft the same work meanwhile.
    agreement = books.get(SelfBillingAgreement, ident)
    if agreement.status == SelfBillingAgreementStatus.PROPOSED:
        return _agree(books, agreement)
    if agreement.status == SelfBillingAgreementStatus.AGREED:
        draft_due(books, agreement)
    return Step.DONE


def _agree(books: Books, agreement: SelfBillingAgreement) -> Step:
    decision = decided(books, _question(books, agreement))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    after = SelfBillingAgreementStatus.REJECTED
    if decision.answer == "approve":
        after = SelfBillingAgreementStatus.AGREED
        agreement.agreed_by, agreement.agreed_on = decision.answered_by, decision.answered_on
    books.move(agreement, after, because=because, content=decision.content_sha256)
    return Step.AGAIN


def _question(books: Books, agreement: SelfBillingAgreement) -> Question:
    contract = books.get(Contract, agreement.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    silent = "silence agrees" if agreement.silence_agrees else "each needs your word"
    what = "write your invoices" if agreement.writes == "invoice" else "show you pro formas"
    return Question(
        kind="self_billing_agreement",
        subject=agreement,
        content={
            "agreement": agreement.reference,
            "contract": contract.reference,
            "writes": agreement.writes,
            "series": agreement.series,
            "grouping": agreement.grouping,
            "schedule": agreement.schedule,
            "tax_treatment": agreement.tax_treatment,
            "format": agreement.format,
            "objection_days": agreement.objection_days,
            "silence_agrees": bool(agreement.silence_agrees),
            "from": agreement.starts_on.isoformat(),
            "before": agreement.ends_on.isoformat(),
        },
        sentence=(
            f"May we {what} for work under {contract.reference} from {agreement.starts_on} until"
            f" before {agreement.ends_on}, by {agreement.grouping} and {agreement.schedule},"
            f" series {agreement.series}? You have {agreement.objection_days} days to object to"
            f" each; {silent}."
        ),
        role="supplier",
        due_days=DUE_DAYS,
        party_id=supplier.party_id,
        program=contract.program,
        place=contract.place,
        not_by=(agreement.proposed_by,),
    )
