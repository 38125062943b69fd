"""Explains a supplier's month: every claimed cent is accepted work or a difference with a reason.

Claims that arrive late make another version, which covers them alone; what is sealed stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.books.many import enter_many, move_all, move_many, record_many
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import Step
from vendorops.stages.reconciliation.bulk import matched, plan
from vendorops.stages.reconciliation.figures import figures
from vendorops.stages.reconciliation.terms import rules
from vendorops.tables import Contract, Invoice, InvoiceLine, Reconciliation, Supplier

__all__ = ["SUBJECT", "advance", "advance_together", "figures", "partitions", "ready"]

SUBJECT = Supplier
OWNER = "finance"
"""The role that sees to what is refused here."""
PARTITION_LINES = 250_000
"""Lines that are matched in one transaction: few enough not to keep others waiting for long."""
PARTITION_SUPPLIERS = 5_000
SPLIT = "every line is split into accepted work and named differences"
CLEAR = "every line is explained by accepted work at the agreed price"
UNCLEAR = "not every line is explained by accepted work at the agreed price"
SEALED = "every line is explained and nothing is disputed"


def ready(books: Books) -> list[int]:
    """Return the suppliers with claims of the month that wait to be explained."""
    query = select(Invoice.supplier_id).where(
        col(Invoice.month) == books.month.label,
        col(Invoice.status) == InvoiceStatus.IN_PROCESS.value,
    )
    return list(books.session.exec(query.distinct().order_by(col(Invoice.supplier_id))))


def partitions(books: Books, idents: Sequence[int]) -> list[list[int]]:
    """Return the suppliers in groups to be advanced together, about as many lines in each."""
    # Lines are numbered from one: the last of each claim is found without reading the others.
    last = (
        select(func.max(InvoiceLine.line))
        .where(col(InvoiceLine.invoice_id) == col(Invoice.id))
        .scalar_subquery()
    )
    query = (
        select(Invoice.supplier_id, func.sum(last))
        .where(
            col(Invoice.month) == books.month.label,
            col(Invoice.status) == InvoiceStatus.IN_PROCESS.value,
        )
        .group_by(col(Invoice.supplier_id))
    )
    lines = dict(books.session.exec(query).all())
    groups: list[list[int]] = [[]]
    filled = 0
    for ident in idents:
        count = int(lines.get(ident) or 0)
        if groups[-1] and (
            filled + count > PARTITION_LINES or len(groups[-1]) == PARTITION_SUPPLIERS
        ):
            groups.append([])
            filled = 0
        groups[-1].append(ident)
        filled += count
    return [group for group in groups if group]


def advance(books: Books, ident: int) -> Step:
    """Explain the supplier's claims of the month, and seal where nothing is disputed."""
    advance_together(books, [ident])
    return Step.DONE


def advance_together(books: Books, idents: Sequence[int]) -> None:
    """Explain the claims of several suppliers at once, each in a reconciliation of its own."""
    plan(books)
    claims = _claims(books, idents, InvoiceStatus.IN_PROCESS)
    found = select(Invoice.supplier_id, Invoice.id).where(col(Invoice.id).in_(claims))
    invoices = books.session.exec(
        found.order_by(col(Invoice.supplier_id), col(Invoice.reference))
    ).all()
    if not invoices:
        return
    opened = _open(books, sorted({supplier for supplier, _ in invoices}))
    verdicts = matched(books, opened, claims)
    verdicts.write()
    for each in opened:
        verdicts.seal(each)
    books.session.flush()
    seals = [each.result_sha256 for each in opened]
    record_many(books, "matched", opened, SPLIT, seals)
    move_many(books, opened, ReconciliationStatus.EXPLAINED, [SPLIT] * len(opened))
    _answer(books, [ident for _, ident in invoices], verdicts.unclear())
    _seal(books, opened)


def _claims(books: Books, suppliers: Sequence[int], status: InvoiceStatus) -> SelectOfScalar[int]:
    return select(Invoice.id).where(
        col(Invoice.supplier_id).in_(suppliers),
        col(Invoice.month) == books.month.label,
        col(Invoice.status) == status.value,
    )


def _open(books: Books, suppliers: Sequence[int]) -> list[Reconciliation]:
    """Enter a reconciliation for each supplier, the next version of its month."""
    # References are taken first: that holds the log, so nobody else matches.
    references = books.references("REC", len(suppliers))
    first = books.keys(len(suppliers))
    versions, agreed = _versions(books, suppliers), _contracts(books, suppliers)
    rows = [
        {
            "id": first + at,
            "reference": reference,
            "supplier_id": supplier,
            "month": books.month.label,
            "version": versions.get(supplier, 0) + 1,
            "as_of": books.as_of,
            "rules": rules(books, agreed.get(supplier, [])),
            "inputs_sha256": "",
            "result_sha256": "",
        }
        for at, (supplier, reference) in enumerate(zip(suppliers, references, strict=True))
    ]
    enter_many(books, Reconciliation, rows, "entered")
    mine = col(Reconciliation.id).between(first, first + len(rows) - 1)
    return list(
        books.session.exec(select(Reconciliation).where(mine).order_by(col(Reconciliation.id)))
    )


def _versions(books: Books, suppliers: Sequence[int]) -> Mapping[int, int]:
    query = (
        select(Reconciliation.supplier_id, func.max(Reconciliation.version))
        .where(
            col(Reconciliation.supplier_id).in_(suppliers),
            col(Reconciliation.month) == books.month.label,
        )
        .group_by(col(Reconciliation.supplier_id))
    )
    return dict(books.session.exec(query).all())


def _contracts(books: Books, suppliers: Sequence[int]) -> Mapping[int, list[Contract]]:
    query = select(Contract).where(col(Contract.supplier_id).in_(suppliers))
    rows: Iterable[Contract] = books.session.exec(query.order_by(col(Contract.supplier_id)))
    return {of: list(held) for of, held in groupby(rows, key=lambda row: row.supplier_id)}


def _answer(books: Books, invoices: Sequence[int], unclear: set[int]) -> None:
    """Move each claim on: to be paid, or to be looked at."""
    before = InvoiceStatus.IN_PROCESS
    queried = [ident for ident in invoices if ident in unclear]
    clear = [ident for ident in invoices if ident not in unclear]
    move_all(books, Invoice, queried, (before, InvoiceStatus.UNDER_QUERY), UNCLEAR)
    move_all(books, Invoice, clear, (before, InvoiceStatus.ACCEPTED), CLEAR)


def _seal(books: Books, opened: Sequence[Reconciliation]) -> None:
    """Seal what is explained of suppliers of whose month no claim is under query."""
    suppliers = [each.supplier_id for each in opened]
    queried = _claims(books, suppliers, InvoiceStatus.UNDER_QUERY)
    query = select(Invoice.supplier_id).where(col(Invoice.id).in_(queried)).distinct()
    waiting = set(books.session.exec(query))
    settled = [each for each in opened if each.supplier_id not in waiting]
    move_many(books, settled, ReconciliationStatus.SEALED, [SEALED] * len(settled))
