"""What the rule for one line says about a drawn month, line after line; and what was stored."""

from collections import defaultdict
from fractions import Fraction

from sqlmodel import col, select

from tests.make import lines_of
from tests.stages.reconciliation.months import PERIOD, RATES, TERMS, DrawnMonth
from vendorops.books import Books
from vendorops.domain.matching import (
    ClaimFacts,
    Covered,
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
    share_of,
    spread,
    within_cap,
    within_total,
)
from vendorops.domain.money import Rounding, rounded
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    InvoiceLine,
    LineCoverage,
    Supplier,
    WorkItem,
)

Verdicts = dict[int, tuple[ClaimFacts, InvoiceLine, Verdict]]
Parts = dict[int, list[tuple[int, int, int]]]
Outcome = tuple[frozenset[tuple[int, int, int]], frozenset[tuple[str, int, str]]]


def judged_row_by_row(books: Books, month: DrawnMonth, of: Supplier) -> dict[int, Outcome]:
    """Return what the rule says of every line, in the order in which lines are served."""
    query = select(Invoice).where(col(Invoice.supplier_id) == of.id)
    claims = sorted(books.session.exec(query), key=lambda row: (row.issue_date, row.reference))
    taken: dict[int, int] = {}
    verdicts: Verdicts = {}
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
    parts = _spread(books, month, verdicts, taken)
    for claim in claims:
        _limit(month, claim, [line.id for line in lines_of(books, claim)], verdicts)
    room, outcomes = month.cap_minor, {}
    for ident, (facts, line, verdict) in verdicts.items():
        outcomes[ident] = _outcome(line, within_cap(facts, verdict, room), parts.get(ident))
        room -= verdict.payable_minor
    return outcomes


def _limit(month: DrawnMonth, claim: Invoice, lines: list[int], verdicts: Verdicts) -> None:
    """Judge the lines of a claim together."""
    if month.total is None:
        return
    net = sum(verdicts[ident][1].net_minor for ident in lines)
    limit = min(share_of(claim.net_minor, month.total), month.total.amount_minor)
    assert verdicts[lines[0]][0].flaw or net == claim.net_minor
    judged = within_total([verdicts[ident][2] for ident in lines], limit)
    for ident, verdict in zip(lines, judged, strict=True):
        verdicts[ident] = (*verdicts[ident][:2], verdict)


def _spread(books: Books, month: DrawnMonth, verdicts: Verdicts, taken: dict[int, int]) -> Parts:
    """Judge again, after all others, the lines that cover a sheet; return their parts."""
    found: Parts = {}
    for ident, (facts, line, _) in verdicts.items():
        query = select(LineCoverage).where(col(LineCoverage.invoice_line_id) == ident)
        coverage = books.session.exec(query).one_or_none()
        if coverage is None or facts.flaw or facts.credit_note:
            continue
        items = select(WorkItem).where(col(WorkItem.service_sheet_id) == coverage.service_sheet_id)
        works = sorted(books.session.exec(items), key=lambda row: (row.performed_on, row.id))
        pieces = [_covered(month, work, taken) for work in works]
        said = spread(facts, pieces)
        for work, part in zip(works, said.parts, strict=True):
            taken[work.id] = taken.get(work.id, 0) + part.quantity_e4
        found[ident] = [
            (work.id, *part)
            for work, part in zip(works, said.parts, strict=True)
            if part.quantity_e4
        ]
        quantity = 1 if found[ident] else 0
        minor = sum(part.minor for part in said.parts)
        verdicts[ident] = facts, line, Verdict(quantity, minor, said.differences)
    return found


def _covered(month: DrawnMonth, work: WorkItem, taken: dict[int, int]) -> Covered:
    terms = _terms_of(month, work)
    return Covered(_facts_of(work, taken), terms.tax, terms.forbids(work.grade or ""))


def _outcome(
    line: InvoiceLine, verdict: Verdict, parts: list[tuple[int, int, int]] | None
) -> Outcome:
    one = (line.work_item_id or 0, verdict.allocated_quantity_e4, verdict.allocated_minor)
    allocated = [one] if parts is None else parts
    return (
        frozenset(allocated if verdict.allocated_quantity_e4 else []),
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
    return _terms_of(month, books.get(WorkItem, line.work_item_id))


def _terms_of(month: DrawnMonth, work: WorkItem) -> TermFacts:
    rate = [rate for since, rate in RATES if since <= work.performed_on][-1]
    strict = work.term == TERMS[1]
    return TermFacts(
        price=ToleranceFacts() if strict else month.price,
        quantity=month.quantity,
        tax=TaxFacts("S", rate) if month.taxed else None,
        # The term was agreed with the contract, whose first day is the month's.
        grades=("A", "B") if month.graded and work.performed_on >= PERIOD.start else (),
    )


def _work(books: Books, line: InvoiceLine, taken: dict[int, int]) -> WorkFacts | None:
    if line.work_item_id is None:
        return None
    return _facts_of(books.get(WorkItem, line.work_item_id), taken)


def _facts_of(work: WorkItem, taken: dict[int, int]) -> WorkFacts:
    return WorkFacts(
        currency=work.currency,
        in_month=belongs(PERIOD, work.performed_on, work.accepted_on, 0),
        accepted_e4=work.accepted_e4,
        claimed_e4=taken.get(work.id, 0),
        price_e6=work.price_e6,
        grade=work.grade or "",
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
