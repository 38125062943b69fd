"""Has a person look at what was found on claims when they came: let it be, or hold the claim.

Such a finding stops nothing, and the claim is matched meanwhile. It waits for finance until it is
answered, or the claim is rejected. Held, a claim is neither settled nor paid until somebody
releases it.
"""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.books.questions import OPEN
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.paying.holding import OVER, hold_as_answered
from vendorops.stages import Step
from vendorops.tables import CheckFinding, Contract, Decision, Invoice, Supplier

SUBJECT = Invoice
OWNER = "finance"
"""The role that sees to what is refused here."""
KIND = "claim_finding"
_TABLE = Invoice.__name__.lower()


def ready(books: Books) -> list[int]:
    """Return the claims with findings that nobody has answered, and rejected ones still asked."""
    asked = select(Decision.subject_id).where(
        col(Decision.subject_table) == _TABLE, col(Decision.kind) == KIND
    )
    settled = asked.where(col(Decision.effective_on).is_not(None))
    waiting = asked.where(col(Decision.status).in_(OPEN))
    found = select(CheckFinding.subject_id).where(col(CheckFinding.subject_table) == _TABLE)
    query = select(Invoice.id).where(
        col(Invoice.id).in_(found),
        col(Invoice.id).not_in(settled),
        or_(col(Invoice.status) != InvoiceStatus.REJECTED.value, col(Invoice.id).in_(waiting)),
    )
    return list(books.session.exec(query.order_by(col(Invoice.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask whether what was found is in order, and hold the claim where it is not."""
    invoice = books.get(Invoice, ident)
    if invoice.status == InvoiceStatus.REJECTED:
        withdraw(books, invoice, "the claim was rejected", KIND)
        return Step.DONE
    decision = decided(books, _question(books, invoice, _findings(books, invoice)))
    if decision is None:
        return Step.WAITING
    if decision.answer == "reject" and invoice.status not in OVER:
        hold_as_answered(books, invoice, decision)
    return Step.DONE


def _findings(books: Books, invoice: Invoice) -> Sequence[CheckFinding]:
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == _TABLE, col(CheckFinding.subject_id) == invoice.id
    )
    return books.session.exec(query.order_by(col(CheckFinding.id))).all()


def _question(books: Books, invoice: Invoice, found: Sequence[CheckFinding]) -> Question:
    contract = books.get(Contract, invoice.contract_id)
    told = ". ".join(f"{row.place_in_source}: {row.message}" for row in found)
    return Question(
        kind=KIND,
        subject=invoice,
        content={
            "invoice": invoice.reference,
            "findings": [
                {"code": row.code, "where": row.place_in_source, "says": row.message}
                for row in found
            ],
        },
        sentence=(
            f"{invoice.reference} ({invoice.number}) was booked with findings. {told}. Is it in"
            " order (approve), or is the claim to be held (reject)?"
        ),
        role=OWNER,
        party_id=books.get(Supplier, invoice.supplier_id).party_id,
        program=contract.program,
        place=contract.place,
    )
