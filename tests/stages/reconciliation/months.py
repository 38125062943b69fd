"""Random months, and what the rule for one line says about them, line after line."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlmodel import col, select

from tests.make import (
    MONTH,
    claimed,
    contract,
    done,
    invoice,
    items_of,
    lines_of,
    service_sheet,
    supplier,
    tolerance,
)
from tests.make.parties import party
from vendorops.books import Books
from vendorops.domain.matching import (
    ClaimFacts,
    ToleranceFacts,
    WorkFacts,
    flaw_of_claim,
    judge,
)
from vendorops.domain.measure import extended
from vendorops.domain.periods import Period
from vendorops.tables import Allocation, Difference, Invoice, InvoiceLine, Supplier, WorkItem

FIRST_ISSUE = date(2026, 10, 28)
PERIOD = Period.month(MONTH)


@dataclass(frozen=True)
class DrawnLine:
    """A claim line relative to the work it names; -1 names none."""

    work: int
    quantity_e4: int
    price_e6: int
    off_minor: int


@dataclass(frozen=True)
class DrawnMonth:
    """One supplier's month before it is entered."""

    currency: str
    tolerance: ToleranceFacts
    works: list[dict[str, Any]]
    claims: list[list[DrawnLine]]
    issue_days: list[int]
    totals_off: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@st.composite
def works(draw: st.DrawFn) -> dict[str, Any]:
    quantity = draw(st.integers(1, 400_000))
    accepted = draw(st.one_of(st.just(quantity), st.integers(0, quantity)))
    return done(
        quantity_e4=quantity,
        accepted_e4=accepted,
        price_e6=draw(st.integers(0, 60_000_000)),
        performed_on=draw(st.sampled_from([*[date(2026, 10, 31)] * 4, date(2026, 11, 1)])),
        **draw(st.sampled_from([*[{}] * 5, {"currency": "USD"}])),
    )


@st.composite
def drawn_lines(draw: st.DrawFn, known: list[dict[str, Any]], share: int) -> DrawnLine:
    at = draw(st.integers(-1, len(known) - 1))
    near = known[at]
    quantity = draw(st.one_of(st.just(near["quantity_e4"]), st.integers(-10_000, 500_000)))
    leeway = near["price_e6"] * share // 1_000_000
    edges = st.sampled_from([0, 0, leeway, -leeway, leeway + 1, -leeway - 1])
    price = max(near["price_e6"] + draw(st.one_of(edges, st.integers(-700_000, 700_000))), -1)
    return DrawnLine(at, quantity, price, draw(st.sampled_from([0, 0, 0, 1, -1, 2, -2, 500])))


@st.composite
def months(draw: st.DrawFn) -> DrawnMonth:
    """Draw a month in which lines share work, stray, and are wrong in every known way."""
    known = draw(st.lists(works(), min_size=1, max_size=4))
    share, amount = draw(st.integers(0, 20_000)), draw(st.integers(0, 200))
    claim = st.lists(drawn_lines(known, share), min_size=1, max_size=4)
    claims = draw(st.lists(claim, min_size=1, max_size=3))
    return DrawnMonth(
        currency=draw(st.sampled_from(["JPY", "EUR", "KWD"])),
        tolerance=ToleranceFacts(share, amount),
        works=known,
        claims=claims,
        issue_days=[draw(st.integers(0, 2)) for _ in claims],
        totals_off=[draw(st.sampled_from([0, 0, 0, 0, 7])) for _ in claims],
        kinds=[draw(st.sampled_from(["invoice", "invoice", "credit_note"])) for _ in claims],
    )


def enter(books: Books, month: DrawnMonth) -> Supplier:
    """Put a drawn month in the books."""
    of = supplier(books, party(books))
    agreed = contract(books, of, currency=month.currency)
    tolerance(
        books,
        supplier_id=of.id,
        currency=month.currency,
        share_e6=month.tolerance.share_e6,
        amount_minor=month.tolerance.amount_minor,
    )
    known = items_of(books, service_sheet(books, agreed, month.works))
    facts = zip(month.claims, month.issue_days, month.totals_off, month.kinds, strict=True)
    for claim, issued, off, kind in facts:
        sign = -1 if kind == "credit_note" else 1
        rows = [_line(line, known, month.currency, sign) for line in claim]
        net = sum(row["net_minor"] for row in rows) + off
        changed = {"net_minor": net, "tax_minor": 0, "gross_minor": net}
        day = FIRST_ISSUE + timedelta(days=issued)
        invoice(books, agreed, rows, issue_date=day, kind=kind, **changed)
    return of


def _line(line: DrawnLine, known: list[WorkItem], currency: str, sign: int) -> dict[str, Any]:
    net = sign * (extended(line.quantity_e4, line.price_e6, currency).minor + line.off_minor)
    return claimed(
        known[line.work] if line.work >= 0 else None,
        quantity_e4=sign * line.quantity_e4,
        price_e6=line.price_e6,
        net_minor=net,
    )


Outcome = tuple[tuple[int, int] | None, frozenset[tuple[str, int, str]]]


def judged_row_by_row(books: Books, month: DrawnMonth, of: Supplier) -> dict[int, Outcome]:
    """Return what the rule says of every line, in the order in which lines are served."""
    query = select(Invoice).where(col(Invoice.supplier_id) == of.id)
    claims = sorted(books.session.exec(query), key=lambda row: (row.issue_date, row.reference))
    taken: dict[int, int] = {}
    outcomes = {}
    for claim in claims:
        lines = lines_of(books, claim)
        flaw = flaw_of_claim(claim.net_minor, sum(row.net_minor for row in lines))
        for line in lines:
            said = (claim.currency, line.quantity_e4, line.price_e6, line.net_minor, flaw)
            facts = ClaimFacts(*said, credit_note=claim.kind == "credit_note")
            verdict = judge(facts, _work(books, line, taken), month.tolerance)
            if line.work_item_id:
                before = taken.get(line.work_item_id, 0)
                taken[line.work_item_id] = before + verdict.allocated_quantity_e4
            quantity, amount = verdict.allocated_quantity_e4, verdict.allocated_minor
            parts = frozenset(
                (part.reason.value, part.amount_minor, _treatment(tolerated=part.tolerated))
                for part in verdict.differences
            )
            outcomes[line.id] = ((quantity, amount) if quantity else None, parts)
    return outcomes


def _work(books: Books, line: InvoiceLine, taken: dict[int, int]) -> WorkFacts | None:
    if line.work_item_id is None:
        return None
    work = books.get(WorkItem, line.work_item_id)
    return WorkFacts(
        currency=work.currency,
        in_month=work.performed_on in PERIOD,
        accepted_e4=work.accepted_e4,
        claimed_e4=taken.get(work.id, 0),
        price_e6=work.price_e6,
    )


def _treatment(*, tolerated: bool) -> str:
    return "tolerated" if tolerated else "disputed"


def stored(books: Books, of: Supplier) -> dict[int, Outcome]:
    """Return what the stage wrote about every line of a supplier."""
    query = select(InvoiceLine.id).join(Invoice).where(col(Invoice.supplier_id) == of.id)
    outcomes: dict[int, Outcome] = {}
    for ident in books.session.exec(query):
        allocated = books.session.exec(
            select(Allocation).where(col(Allocation.invoice_line_id) == ident)
        ).one_or_none()
        differences = books.session.exec(
            select(Difference).where(col(Difference.invoice_line_id) == ident)
        )
        outcomes[ident] = (
            (allocated.quantity_e4, allocated.amount_minor) if allocated else None,
            frozenset((row.reason, row.amount_minor, row.treatment) for row in differences),
        )
    return outcomes
