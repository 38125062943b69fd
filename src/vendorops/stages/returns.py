"""Files tax returns: approved by the tax desk, then promised to the outgoing folder."""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided, promise_file
from vendorops.documents.statements import filing_statement
from vendorops.domain.lifecycle import FilingStatus, WithholdingStatus
from vendorops.domain.money import Money
from vendorops.law import jurisdiction
from vendorops.stages import Step
from vendorops.tables import Decision, Filing, LegalEntity, Withholding

SUBJECT = Filing
OWNER = "tax"
"""The role that sees to what is refused here."""
UNDERWAY = (FilingStatus.PREPARED, FilingStatus.APPROVED)
DUE_DAYS = 5
"""A person has this long to look at a return, if the law leaves it."""


def ready(books: Books) -> list[int]:
    """Return filings that are not handed in yet, the most urgent first."""
    query = select(Filing.id).where(col(Filing.status).in_(UNDERWAY))
    return list(books.session.exec(query.order_by(col(Filing.due_on), col(Filing.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a filing one step further: approved or rejected, then handed in."""
    filing = books.get(Filing, ident)
    if filing.status == FilingStatus.APPROVED:
        _submit(books, filing)
        return Step.DONE
    if filing.status != FilingStatus.PREPARED:
        return Step.DONE
    decision = decided(books, _question(books, filing))
    if decision is None:
        return Step.WAITING
    return _answer(books, filing, decision)


def _question(books: Books, filing: Filing) -> Question:
    total = Money(filing.total_minor, filing.currency)
    entity = books.get(LegalEntity, filing.legal_entity_id)
    return Question(
        kind="filing",
        subject=filing,
        content=filing_statement(books, filing),
        sentence=(
            f"Hand in {filing.form} of {entity.code} for {filing.month}: {filing.rows} "
            f"withholdings of {total} in all, due on {filing.due_on}?"
        ),
        role="tax",
        due_days=min(DUE_DAYS, max(0, (filing.due_on - filing.prepared_on).days)),
        amount=total,
        place=filing.place,
        not_by=(filing.prepared_by,),
    )


def _answer(books: Books, filing: Filing, decision: Decision) -> Step:
    """Go on with a return, or let what it declares go into a new one."""
    because = f"{decision.reference} by {decision.answered_by}"
    if decision.answer == "approve":
        books.move(filing, FilingStatus.APPROVED, because=because)
        return Step.AGAIN
    books.move(filing, FilingStatus.REJECTED, because=because)
    for row in _declared(books, filing):
        row.filing_id = None
    books.session.flush()
    return Step.DONE


def _submit(books: Books, filing: Filing) -> None:
    submitted = books.move(
        filing, FilingStatus.SUBMITTED, because="approved; goes to the tax office"
    )
    suffix = jurisdiction(filing.place).return_of(filing.form).suffix
    promise_file(books, submitted, filing.file_sha256, f"{filing.reference}.{suffix}")
    for row in _declared(books, filing):
        books.move(row, WithholdingStatus.FILED, because=f"{filing.reference} is handed in")


def _declared(books: Books, filing: Filing) -> list[Withholding]:
    query = select(Withholding).where(col(Withholding.filing_id) == filing.id)
    return list(books.session.exec(query.order_by(col(Withholding.id))))
