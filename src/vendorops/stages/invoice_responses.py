"""Tells suppliers what became of their invoices: one Invoice Response for each state.

Not part of the sweep: whoever is connected to Peppol runs its flow or command. What is written
lies in the outgoing folder, to be sent by an access point.
"""

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from vendorops.books import Books, canonical, log
from vendorops.books.outbox import promise_file
from vendorops.documents import keep
from vendorops.documents.invoice_responses import ANSWERED, content_of, response_file
from vendorops.stages import Step
from vendorops.tables import Event, Invoice, InvoiceResponse, SelfBilledInvoice

SUBJECT = Invoice
OWNER = "finance"
"""The role that sees to what is refused here."""
SUFFIX = ".xml"


def ready(books: Books) -> list[int]:
    """Return the invoices that came to another state since they were answered.

    Those that we write ourselves are not answered, and neither are statements.
    """
    moved, answer = aliased(Event), aliased(InvoiceResponse)
    answered = exists().where(
        col(answer.invoice_id) == col(moved.subject_id), col(answer.id) > col(moved.id)
    )
    changed = exists().where(
        col(moved.subject_table) == "invoice",
        col(moved.subject_id) == col(Invoice.id),
        col(moved.after) != "",
        ~answered,
    )
    own = exists().where(col(SelfBilledInvoice.invoice_id) == col(Invoice.id))
    query = select(Invoice.id).where(col(Invoice.kind).in_(ANSWERED), changed, ~own)
    return list(books.session.exec(query.order_by(col(Invoice.id))))


def advance(books: Books, ident: int) -> Step:
    """Answer an invoice with the state it is in.

    Raises NotAddressable where a party has no electronic address.
    """
    log.lock(books.session)  # Two runs must not both answer it.
    if ident not in ready(books):
        return Step.DONE
    invoice = books.get(Invoice, ident)
    content = content_of(books, invoice)
    before = select(func.count()).where(col(InvoiceResponse.invoice_id) == ident)
    row = InvoiceResponse(
        id=books.key(),
        reference=books.reference("IRP"),
        invoice_id=ident,
        number=int(books.session.exec(before).one()) + 1,
        code=str(content["code"]),
        content=canonical(content).decode(),
        file_sha256="",
        written_on=books.as_of,
    )
    because = f"{invoice.reference} is {invoice.status}"
    books.enter(row, because=because)
    title = f"invoice response {row.reference}"
    row.file_sha256 = keep(books, response_file(books, row), title, SUFFIX)
    event = books.record("written", row, because)
    promise_file(books, event, row.file_sha256, f"{row.reference}{SUFFIX}")
    return Step.DONE
