"""Lets a person decide about claims that look like earlier ones; until then they are held.

Approved, both are owed and the claim goes on to reconciliation; rejected, it is turned away and
its number may be used again. A suspicion lapses when the earlier claim is credited or rejected.
"""

import json

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.claiming.duplicates import lapsed
from vendorops.domain.lifecycle import InvoiceStatus, PossibleDuplicateStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import Contract, Invoice, PossibleDuplicate, Supplier

SUBJECT = Invoice
OWNER = "finance"
"""The role that sees to what is refused here."""
KIND = "possible_duplicate"
ONE_PER_CENT_E6 = 10_000


def ready(books: Books) -> list[int]:
    """Return the claims that are held because they look like earlier ones."""
    query = (
        select(Invoice.id)
        .join(PossibleDuplicate, col(PossibleDuplicate.invoice_id) == col(Invoice.id))
        .where(col(Invoice.status) == InvoiceStatus.ACKNOWLEDGED.value)
    )
    return list(books.session.exec(query.distinct().order_by(col(Invoice.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask whether a claim was made before, and do as was answered."""
    invoice = books.get(Invoice, ident)
    if invoice.status != InvoiceStatus.ACKNOWLEDGED:
        return Step.DONE
    standing = _standing(books, invoice)
    if not standing:
        withdraw(books, invoice, "every suspicion has lapsed", KIND)
        books.move(invoice, InvoiceStatus.IN_PROCESS, because="every suspicion has lapsed")
        return Step.DONE
    decision = decided(books, _question(books, invoice, standing))
    if decision is None:
        return Step.WAITING
    owed = decision.answer == "approve"
    because = f"{decision.answer} by {decision.answered_by}: {decision.reason}"
    after = PossibleDuplicateStatus.DISMISSED if owed else PossibleDuplicateStatus.CONFIRMED
    for row in standing:
        books.move(row, after, because=because)
    settled = InvoiceStatus.IN_PROCESS if owed else InvoiceStatus.REJECTED
    books.move(invoice, settled, because=because)
    return Step.DONE


def _standing(books: Books, invoice: Invoice) -> list[PossibleDuplicate]:
    """Let lapse what has, and return the rest, the most alike first."""
    query = select(PossibleDuplicate).where(
        col(PossibleDuplicate.invoice_id) == invoice.id,
        col(PossibleDuplicate.status) == PossibleDuplicateStatus.OPEN.value,
    )
    rows = books.session.exec(
        query.order_by(col(PossibleDuplicate.score_e6).desc(), col(PossibleDuplicate.id))
    ).all()
    gone = lapsed(books, rows)
    for row in rows:
        if row.id in gone:
            books.move(row, PossibleDuplicateStatus.LAPSED, because=gone[row.id])
    return [row for row in rows if row.id not in gone]


def _question(books: Books, invoice: Invoice, standing: list[PossibleDuplicate]) -> Question:
    gross = Money(invoice.gross_minor, invoice.currency)
    contract = books.get(Contract, invoice.contract_id)
    shown = [_shown(books, row) for row in standing]
    first = shown[0]
    because = "; ".join(map(_told, json.loads(standing[0].parts)))
    return Question(
        kind=KIND,
        subject=invoice,
        content={
            "invoice": invoice.reference,
            "number": invoice.number,
            "issued": invoice.issue_date.isoformat(),
            "gross": str(gross),
            "alike": shown,
        },
        sentence=(
            f"{invoice.reference} ({invoice.number}, {invoice.issue_date}, {gross} gross) looks "
            f"like {first['earlier']} ({first['number']}, {first['issued']}) to "
            f"{standing[0].score_e6 // ONE_PER_CENT_E6} of 100: {because}"
            f"{_others(shown)}. Are both owed (approve), or is it the same again (reject)?"
        ),
        role=OWNER,
        party_id=books.get(Supplier, invoice.supplier_id).party_id,
        amount=gross,
        program=contract.program,
        place=contract.place,
    )


def _shown(books: Books, row: PossibleDuplicate) -> dict[str, object]:
    """Return a suspicion as the person sees it: the earlier claim, the score and its parts."""
    earlier = books.get(Invoice, row.earlier_id)
    return {
        "finding": row.reference,
        "earlier": earlier.reference,
        "number": earlier.number,
        "issued": earlier.issue_date.isoformat(),
        "gross": str(Money(earlier.gross_minor, earlier.currency)),
        "score_e6": row.score_e6,
        "parts": json.loads(row.parts),
        "scorer": row.scorer,
    }


def _told(part: dict[str, str | int]) -> str:
    points = int(part["points"]) // ONE_PER_CENT_E6
    return f"{part['sentence']} ({points:+d})"


def _others(shown: list[dict[str, object]]) -> str:
    others = ", ".join(str(one["earlier"]) for one in shown[1:])
    return f"; also like {others}" if others else ""
