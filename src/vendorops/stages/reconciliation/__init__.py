"""Explains a supplier's month: every claimed cent is accepted work or a difference with a reason.

Claims that arrive late make another version, which covers them alone; what is sealed stays.
"""

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import Step
from vendorops.stages.reconciliation.bulk import matched
from vendorops.stages.reconciliation.figures import figures
from vendorops.stages.reconciliation.terms import rules
from vendorops.tables import Contract, Invoice, Reconciliation, Supplier

__all__ = ["SUBJECT", "advance", "figures", "ready"]

SUBJECT = Supplier
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return the suppliers with claims of the month that wait to be explained."""
    query = select(Invoice.supplier_id).where(
        col(Invoice.month) == books.month.label,
        col(Invoice.status) == InvoiceStatus.IN_PROCESS.value,
    )
    return list(books.session.exec(query.distinct().order_by(col(Invoice.supplier_id))))


def advance(books: Books, ident: int) -> Step:
    """Explain the supplier's claims of the month, and seal where nothing is disputed."""
    claims = _claims(books, ident, InvoiceStatus.IN_PROCESS)
    invoices = books.session.exec(
        select(Invoice).where(col(Invoice.id).in_(claims)).order_by(Invoice.reference)
    ).all()
    if not invoices:
        return Step.DONE
    reconciliation = _open(books, ident)
    with matched(books, reconciliation, claims) as verdicts:
        verdicts.write()
        unclear = verdicts.unclear()
        reconciliation.inputs_sha256, reconciliation.result_sha256 = verdicts.hashes()
    _explained(books, reconciliation)
    for invoice in invoices:
        _answer(books, invoice, disputed=invoice.id in unclear)
    queried = _claims(books, ident, InvoiceStatus.UNDER_QUERY).limit(1)
    if books.session.exec(queried).first() is None:
        because = "every line is explained and nothing is disputed"
        books.move(reconciliation, ReconciliationStatus.SEALED, because=because)
    return Step.DONE


def _claims(books: Books, supplier_id: int, status: InvoiceStatus) -> SelectOfScalar[int]:
    return select(Invoice.id).where(
        col(Invoice.supplier_id) == supplier_id,
        col(Invoice.month) == books.month.label,
        col(Invoice.status) == status.value,
    )


def _open(books: Books, supplier_id: int) -> Reconciliation:
    reference = books.reference("REC")  # Taken first: it holds the log, so nobody else matches.
    contracts = select(Contract).where(col(Contract.supplier_id) == supplier_id)
    versions = select(func.coalesce(func.max(Reconciliation.version), 0)).where(
        col(Reconciliation.supplier_id) == supplier_id,
        col(Reconciliation.month) == books.month.label,
    )
    return books.enter(
        Reconciliation(
            id=books.key(),
            reference=reference,
            supplier_id=supplier_id,
            month=books.month.label,
            version=books.session.exec(versions).one() + 1,
            as_of=books.as_of,
            rules=rules(books, books.session.exec(contracts)),
            inputs_sha256="",
        )
    )


def _explained(books: Books, reconciliation: Reconciliation) -> None:
    books.session.flush()
    because = "every line is split into accepted work and named differences"
    books.record("matched", reconciliation, because, content_sha256=reconciliation.result_sha256)
    books.move(reconciliation, ReconciliationStatus.EXPLAINED, because=because)


def _answer(books: Books, invoice: Invoice, *, disputed: bool) -> None:
    if disputed:
        because = "not every line is explained by accepted work at the agreed price"
        books.move(invoice, InvoiceStatus.UNDER_QUERY, because=because)
    else:
        because = "every line is explained by accepted work at the agreed price"
        books.move(invoice, InvoiceStatus.ACCEPTED, because=because)
