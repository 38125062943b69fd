"""What the rule for one line says about a drawn month, line after line; and what was stored."""

from collections import defaultdict
from fractions import Fraction

from sqlmodel import col, select

from tests.make import lines_of
from tests.stages.reconciliation.months import PERIOD, RATES, TERMS, DrawnMonth
from vendorops.books import Books
from vendorops.domain.matching import (
    ClaimFacts,
    DocumentFacts,
    Reason,
    TaxFacts,
    TermFacts,
    ToleranceFacts,
    Verdict,
    WorkFacts,
    belongs,
    flaw_of_claim,
    judge,
    within_cap,
)
from vendorops.domain.money import Rounding, rounded
from vendorops.tables import Allocation, Difference, Invoice, InvoiceLine, Supplier, WorkItem

Outcome = tuple[frozenset[tuple[int, int, int]], frozenset[tuple[str, int, str]]]


def judged_row_by_row(books: Books, month: DrawnMonth, of: Supplier) -> dict[int, Outcome]:
    """Return what the rule says of every line, in the order in which lines are served."""
    query = select(Invoice).where(col(Invoice.supplier_id) == of.id)
    claims = sorted(books.session.exec(query), key=lambda row: (row.issue_date, row.reference))
    taken: dict[int, int] = {}
    verdicts: dict[int, tuple[ClaimFacts, InvoiceLine, Verdict]] = {}
    for claim in claims:
        lines = lines_of(books, claim)
        flaw = flaw_of_claim(_document(claim, lines), month.tax)
        for line in lines:
            facts = _facts(books, claim, line, flaw)
            verdict = judge(facts, _work(books, line, taken), _terms(books, month, line))
            verdicts[line.id] = facts, line, verdict
            if line.work_item_id:
                before = taken.get(line.work_item_id, 0)
                taken[line.work_item_id] = before + verdict.allocated_quantity_e4
    room, outcomes = month.cap_minor, {}
    for ident, (facts, line, verdict) in verdicts.items():
        outcomes[ident] = _outcome(line, within_cap(facts, verdict, room))
        room -= verdict.payable_minor
    return outcomes


def _outcome(line: InvoiceLine, verdict: Verdict) -> Outcome:
    part = (line.work_item_id or 0, verdict.allocated_quantity_e4, verdict.allocated_minor)
    return (
        frozenset([part] if verdict.allocated_quantity_e4 else []),
        frozenset(
            (each.reason.value, each.amount_minor, "tolerated" if each.tolerated else "disputed")
            for each in verdict.differences
        ),
    )


def _document(claim: Invoice, lines: list[InvoiceLine]) -> DocumentFacts:
    nets: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        nets[line.tax_category, line.tax_rate_e4] += line.net_minor
    return DocumentFacts(
        claim.net_minor,
        sum(line.net_minor for line in lines),
        claim.tax_minor,
        sum(_taxed(net, rate) for (_, rate), net in nets.items()),
        sum(_taxed(line.net_minor, line.tax_rate_e4) for line in lines),
    )


def _taxed(net: int, rate_e4: int) -> int:
    return rounded(Fraction(net * rate_e4, 10_000), Rounding.HALF_UP)


def _facts(books: Books, claim: Invoice, line: InvoiceLine, flaw: Reason | None) -> ClaimFacts:
    taxed = TaxFacts(line.tax_category, line.tax_rate_e4)
    return ClaimFacts(
        *(claim.currency, line.quantity_e4, line.price_e6, line.net_minor, flaw),
        credit_note=claim.kind == "credit_note",
        tax=None if claim.kind == "statement" else taxed,
        unnamed=_unnamed(books, line.work_reference),
    )


def _unnamed(books: Books, reference: str) -> Reason:
    if not reference:
        return Reason.NO_REFERENCE
    known = books.session.exec(select(WorkItem).where(col(WorkItem.reference) == reference))
    return Reason.NO_SUCH_WORK if known.first() else Reason.REFERENCE_UNKNOWN


def _terms(books: Books, month: DrawnMonth, line: InvoiceLine) -> TermFacts:
    if line.work_item_id is None:
        return TermFacts()
    work = books.get(WorkItem, line.work_item_id)
    rate = [rate for since, rate in RATES if since <= work.performed_on][-1]
    strict = work.term == TERMS[1]
    return TermFacts(
        price=ToleranceFacts() if strict else month.price,
        quantity=month.quantity,
        tax=TaxFacts("S", rate) if month.taxed else None,
    )


def _work(books: Books, line: InvoiceLine, taken: dict[int, int]) -> WorkFacts | None:
    if line.work_item_id is None:
        return None
    work = books.get(WorkItem, line.work_item_id)
    return WorkFacts(
        currency=work.currency,
        in_month=belongs(PERIOD, work.performed_on, work.accepted_on, 0),
        accepted_e4=work.accepted_e4,
        claimed_e4=taken.get(work.id, 0),
        price_e6=work.price_e6,
    )


def stored(books: Books, of: Supplier) -> dict[int, Outcome]:
    """Return what the stage wrote about every line of a supplier."""
    query = select(InvoiceLine.id).join(Invoice).where(col(Invoice.supplier_id) == of.id)
    outcomes: dict[int, Outcome] = {}
    for ident in books.session.exec(query):
        allocated = books.session.exec(
            select(Allocation).where(col(Allocation.invoice_line_id) == ident)
        )
        differences = books.session.exec(
            select(Difference).where(col(Difference.invoice_line_id) == ident)
        )
        outcomes[ident] = (
            frozenset((row.work_item_id, row.quantity_e4, row.amount_minor) for row in allocated),
            frozenset((row.reason, row.amount_minor, row.treatment) for row in differences),
        )
    return outcomes
