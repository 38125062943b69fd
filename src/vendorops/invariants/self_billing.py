"""Invoices that we write: what must be true of their numbers, work, claims and files."""

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.documents import kept
from vendorops.documents.self_billed import masked_paper, self_billed_file_again
from vendorops.documents.self_billed.files import printed_format
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.lifecycle import SelfBilledInvoiceStatus
from vendorops.domain.refusal import Refused
from vendorops.gateways.claim_reading import read_claims
from vendorops.invariants._rule import Invariant
from vendorops.tables import SelfBilledInvoice, SelfBillingAgreement, Series

PAGE = ".pdf"
"""Ending of the format whose bytes may differ by the version of what sets pages."""


def _numbers_with_gaps(books: Books) -> Iterator[str]:
    """Yield each series and year whose issued numbers are not one to the last."""
    issued: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    query = select(SelfBillingAgreement.series, SelfBilledInvoice).join(
        SelfBilledInvoice, col(SelfBilledInvoice.agreement_id) == SelfBillingAgreement.id
    )
    for series, row in books.session.exec(query.where(col(SelfBilledInvoice.number) != "")):
        issued[series, row.issued_on.year if row.issued_on else 0].add(str(row.number))
    ours = select(SelfBillingAgreement.series)
    rows = books.session.exec(select(Series).where(col(Series.prefix).in_(ours)))
    taken = {(one.prefix, one.year): one.last for one in rows}
    for series, year in sorted({*issued, *taken}):
        numbers, last = issued[series, year], taken.get((series, year), 0)
        if numbers != {f"{series}-{year}-{number:06d}" for number in range(1, last + 1)}:
            yield f"{series} {year}"


def _issued(books: Books) -> list[tuple[SelfBilledInvoice, str]]:
    """Return what was issued, and in which format."""
    query = (
        select(SelfBilledInvoice, SelfBillingAgreement.format)
        .join(
            SelfBillingAgreement,
            col(SelfBillingAgreement.id) == col(SelfBilledInvoice.agreement_id),
        )
        .where(col(SelfBilledInvoice.status) == SelfBilledInvoiceStatus.ISSUED.value)
    )
    return list(books.session.exec(query.order_by(col(SelfBilledInvoice.reference))))


def _files_say_otherwise(books: Books) -> Iterator[str]:
    """Yield what says another thing than was agreed, in its rows or in its file."""
    for row in books.session.exec(select(SelfBilledInvoice)):
        if content_sha256(json.loads(row.content)) != row.content_sha256:
            yield row.reference
    paged: list[SelfBilledInvoice] = []
    for row, format_name in _issued(books):
        if printed_format(format_name).SUFFIX == PAGE:
            paged.append(row)
        elif self_billed_file_again(books, row, format_name) != kept(books, str(row.file_sha256)):
            yield row.reference
    files = ((kept(books, str(row.file_sha256)), f"{row.number}{PAGE}") for row in paged)
    for row, read in zip(paged, read_claims(files), strict=True):
        if isinstance(read, Refused) or not _agrees(books, row, read):
            yield row.reference


def _agrees(books: Books, row: SelfBilledInvoice, read: ClaimDocument) -> bool:
    """Tell whether a file that was read states number, amounts and lines of its row."""
    paper = masked_paper(books, row)
    stated = [(line.work_reference, line.net) for line in read.lines]
    meant = [(line.work_reference, line.net(row.currency)) for line in paper.lines]
    amounts = (read.number, read.net, read.tax) == (row.number, paper.net, paper.tax)
    return amounts and stated == meant


INVARIANTS = (
    Invariant(
        "B01",
        "the numbers of each series of self-billed invoices are one to the last, without a gap",
        _numbers_with_gaps,
    ),
    Invariant(
        "B02",
        "every line of a self-billed invoice bills all that was accepted of its work, once",
        """
        SELECT i.reference FROM selfbilledinvoice i
        JOIN selfbilledline l ON l.self_billed_invoice_id = i.id
        JOIN workitem w ON w.id = l.work_item_id
        JOIN servicesheet s ON s.id = w.service_sheet_id
        WHERE i.status <> 'void' AND (l.quantity_e4 <> w.accepted_e4
            OR w.contract_id <> i.contract_id OR s.status NOT IN ('accepted', 'partly_accepted'))
        UNION SELECT w.reference FROM selfbilledinvoice i
        JOIN selfbilledline l ON l.self_billed_invoice_id = i.id
        JOIN workitem w ON w.id = l.work_item_id
        WHERE i.status <> 'void' GROUP BY w.id, w.reference HAVING count(*) > 1
        UNION SELECT i.reference FROM selfbilledinvoice i
        LEFT JOIN selfbilledline l ON l.self_billed_invoice_id = i.id
        WHERE i.type_code = '389'
        GROUP BY i.id, i.reference, i.net_minor HAVING coalesce(sum(l.net_minor), 0) <> i.net_minor
        """,
    ),
    Invariant(
        "B03",
        "what was issued is one claim of the same number, amounts and work, and nothing else is",
        """
        SELECT i.reference FROM selfbilledinvoice i
        LEFT JOIN invoice c ON c.id = i.invoice_id
        LEFT JOIN receivedfile f ON f.id = c.received_file_id
        WHERE (i.status = 'issued' AND i.type_code = '389') <> (c.id IS NOT NULL)
        OR (i.status = 'issued') <> (i.number IS NOT NULL)
        OR (c.id IS NOT NULL AND (c.number <> i.number OR c.net_minor <> i.net_minor
            OR c.tax_minor <> i.tax_minor OR c.currency <> i.currency OR c.month <> i.month
            OR c.contract_id <> i.contract_id OR f.sha256 <> i.file_sha256
            OR c.issue_date <> i.issued_on))
        UNION SELECT i.reference FROM selfbilledinvoice i
        JOIN selfbilledline l ON l.self_billed_invoice_id = i.id
        JOIN invoice c ON c.id = i.invoice_id
        LEFT JOIN invoiceline n ON n.invoice_id = c.id AND n.line = l.line
        WHERE n.id IS NULL OR n.work_item_id IS NULL OR n.work_item_id <> l.work_item_id
        OR n.net_minor <> l.net_minor OR n.quantity_e4 <> l.quantity_e4
        """,
    ),
    Invariant(
        "B04",
        "a self-billed credit note states what its issued memo takes back, and has no claim",
        """
        SELECT i.reference FROM selfbilledinvoice i JOIN creditmemo m ON m.id = i.credit_memo_id
        WHERE i.net_minor <> m.net_minor OR i.tax_minor <> m.tax_minor OR i.currency <> m.currency
        OR i.contract_id <> m.contract_id OR i.type_code <> '261'
        OR (i.status = 'issued' AND m.status IN ('draft', 'cancelled'))
        """,
    ),
    Invariant(
        "B05",
        "the supplier's own people agreed to self-billing, and to each invoice or by silence",
        """
        SELECT a.reference FROM selfbillingagreement a WHERE a.status = 'agreed' AND NOT EXISTS (
            SELECT 1 FROM decision d JOIN person p ON p.handle = d.answered_by
            JOIN contract c ON c.id = a.contract_id JOIN supplier s ON s.id = c.supplier_id
            WHERE d.subject_table = 'selfbillingagreement' AND d.subject_id = a.id
            AND d.answer = 'approve' AND d.answered_by = a.agreed_by AND p.party_id = s.party_id
            AND d.effective_on IS NOT NULL)
        UNION SELECT i.reference FROM selfbilledinvoice i
        JOIN selfbillingagreement a ON a.id = i.agreement_id
        WHERE i.status IN ('aligned', 'issued') AND a.silence_agrees = 0 AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'selfbilledinvoice'
            AND d.subject_id = i.id AND d.kind = 'pro_forma' AND d.answer = 'approve'
            AND d.effective_on IS NOT NULL)
        UNION SELECT a.reference FROM selfbillingagreement a
        JOIN contract c ON c.id = a.contract_id
        JOIN selfbillingagreement b ON b.series = a.series
        JOIN contract e ON e.id = b.contract_id WHERE e.supplier_id <> c.supplier_id
        """,
    ),
    Invariant(
        "B06",
        "a self-billed invoice says what was shown, and its file what its rows say",
        _files_say_otherwise,
    ),
)
