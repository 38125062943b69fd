"""Lets a person decide what becomes of a claim that was not explained to the last line.

Approved, the matched part is paid; rejected, nothing is, and the work may be claimed again. An
approval that says which work unknown references mean sends the claim to be matched once more. When
no claim of the supplier's month waits any more, its reconciliations are sealed.
"""

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.claiming.references import Suggester, correct_references
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.stages.exceptions.case import Case, acceptors, case
from vendorops.tables import Contract, Invoice, Reconciliation, Supplier
from vendorops.working.claiming import release

SUBJECT = Invoice
OWNER = "finance"
"""The role that sees to what is refused here."""
MOST_SUGGESTED = 5
"""Suggestions that a question tells of."""


def ready(books: Books) -> list[int]:
    """Return the claims under query, of whatever month: questions outlive months."""
    query = select(Invoice.id).where(col(Invoice.status) == InvoiceStatus.UNDER_QUERY.value)
    return list(books.session.exec(query.order_by(col(Invoice.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask finance about the disputed lines of a claim, and do as was answered."""
    invoice = books.get(Invoice, ident)
    if invoice.status != InvoiceStatus.UNDER_QUERY:
        return Step.DONE
    decision = decided(books, _question(books, invoice, case(books, invoice)))
    if decision is None:
        return Step.WAITING
    because = f"{decision.answer} by {decision.answered_by}: {decision.reason}"
    if decision.answer == "approve" and correct_references(books, invoice, decision):
        books.move(invoice, InvoiceStatus.IN_PROCESS, because=because)  # To be matched once more.
        release(books, invoice)
    elif decision.answer == "approve":
        books.move(invoice, InvoiceStatus.CONDITIONALLY_ACCEPTED, because=because)
    else:
        books.move(invoice, InvoiceStatus.REJECTED, because=because)
        release(books, invoice)
    _seal(books, invoice)
    return Step.DONE


def _question(books: Books, invoice: Invoice, found: Case) -> Question:
    currency = invoice.currency
    claimed, payable = Money(invoice.net_minor, currency), Money(found.payable_minor, currency)
    contract = books.get(Contract, invoice.contract_id)
    reasons = ", ".join(sorted({line.reason for line in found.disputed}))
    return Question(
        kind="exception",
        subject=invoice,
        content=found.content(invoice),
        sentence=(
            f"{invoice.reference} claims {claimed} net, of which {payable} is explained; "
            f"{len(found.disputed)} amounts are disputed ({reasons or 'no lines'}). "
            f"Pay {payable}, or reject the claim?{_suggested(books, invoice)}"
        ),
        role="finance",
        party_id=books.get(Supplier, invoice.supplier_id).party_id,
        amount=payable,
        program=contract.program,
        place=contract.place,
        not_by=acceptors(books, invoice),
    )


def _suggested(books: Books, invoice: Invoice) -> str:
    """Return what lines may mean whose work nobody knows, and how to say so."""
    found = Suggester(books).of(invoice)
    if not found:
        return ""
    told = ". ".join(one.sentence for one in found[:MOST_SUGGESTED])
    such_as = f"work.{found[0].line}={found[0].work}"
    return f" {told}. Confirm what you know to be meant with --detail {such_as}."


def _seal(books: Books, invoice: Invoice) -> None:
    """Seal the supplier's month when this was the last claim of it under query."""
    queried = select(Invoice.id).where(
        col(Invoice.supplier_id) == invoice.supplier_id,
        col(Invoice.month) == invoice.month,
        col(Invoice.status) == InvoiceStatus.UNDER_QUERY.value,
    )
    if books.session.exec(queried.limit(1)).first() is not None:
        return
    explained = select(Reconciliation).where(
        col(Reconciliation.supplier_id) == invoice.supplier_id,
        col(Reconciliation.month) == invoice.month,
        col(Reconciliation.status) == ReconciliationStatus.EXPLAINED.value,
    )
    because = "every disputed line has been decided"
    for row in books.session.exec(explained.order_by(col(Reconciliation.version))).all():
        books.move(row, ReconciliationStatus.SEALED, because=because)
