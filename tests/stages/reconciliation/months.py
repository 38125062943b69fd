"""Random months of one supplier, drawn so that lines go wrong in every known way."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.make import (
    BY_GRADE,
    MONTH,
    agreed_term,
    claimed,
    contract,
    done,
    input_tax,
    invoice,
    items_of,
    line_coverage,
    lines_of,
    service_sheet,
    supplier,
    tolerance,
)
from tests.make.parties import party
from vendorops.books import Books
from vendorops.domain.matching import ToleranceFacts
from vendorops.domain.measure import extended
from vendorops.domain.money import Rounding, exponent, rounded
from vendorops.domain.periods import Period
from vendorops.tables import ServiceSheet, Supplier, WorkItem

FIRST_ISSUE = date(2026, 10, 28)
PERIOD = Period.month(MONTH)
TERMS = ("regular_hours", "service_fee")
DAYS = (date(2026, 9, 30), date(2026, 10, 9), date(2026, 10, 31), date(2026, 11, 1))
RATES = ((date(2026, 1, 1), 500), (date(2026, 10, 20), 600))
"""The tax changes within the month."""
REFERENCES = {-1: "", -2: "WRK 7", -3: "of another contract"}
"""What lines give that name no work of theirs."""
SHEET = -4
"""A line that covers all work of the sheet."""


@dataclass(frozen=True)
class DrawnLine:
    """A claim line relative to the work it names; below zero it names none."""

    work: int
    quantity_e4: int
    price_e6: int
    off_minor: int
    category: str = "S"
    rate_e4: int = 600


@dataclass(frozen=True)
class DrawnMonth:
    """One supplier's month before it is entered."""

    currency: str
    price: ToleranceFacts
    quantity: ToleranceFacts
    tax: ToleranceFacts
    taxed: bool
    """Whether there is a tax on file to compare with."""
    cap_minor: int
    total: ToleranceFacts | None
    """How far all lines of a claim may stray together; None: each for itself."""
    graded: bool
    """Whether work is paid by the grades A and B alone."""
    works: list[dict[str, Any]]
    claims: list[list[DrawnLine]]
    issue_days: list[int]
    totals_off: list[int] = field(default_factory=list)
    taxes_off: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@st.composite
def works(draw: st.DrawFn) -> dict[str, Any]:
    quantity = draw(st.integers(1, 400_000))
    accepted = draw(st.one_of(st.just(quantity), st.integers(0, quantity)))
    performed = draw(st.sampled_from([*[date(2026, 10, 31)] * 3, *DAYS]))
    accepted_on = max(draw(st.sampled_from([date(2026, 9, 30), *DAYS])), performed)
    return done(
        term=draw(st.sampled_from([TERMS[0], *TERMS])),
        quantity_e4=quantity,
        accepted_e4=accepted,
        accepted_on=accepted_on if accepted else None,
        price_e6=draw(st.integers(0, 60_000_000)),
        performed_on=performed,
        grade=draw(st.sampled_from([None, "A", "A", "B", "C"])) if accepted else None,
        **draw(st.sampled_from([*[{}] * 5, {"currency": "USD"}])),
    )


@st.composite
def drawn_lines(draw: st.DrawFn, known: list[dict[str, Any]], share: int) -> DrawnLine:
    at = draw(st.integers(-1, len(known) - 1))
    near = known[at]
    if at < 0:
        at = draw(st.sampled_from([*REFERENCES, SHEET, SHEET, SHEET]))
    edge = near["quantity_e4"] + near["accepted_e4"] * share // 1_000_000
    whole = st.sampled_from([near["quantity_e4"], near["accepted_e4"], edge, edge + 1])
    quantity = draw(st.one_of(whole, st.integers(-10_000, 500_000)))
    leeway = near["price_e6"] * share // 1_000_000
    edges = st.sampled_from([0, 0, leeway, -leeway, leeway + 1, -leeway - 1])
    price = max(near["price_e6"] + draw(st.one_of(edges, st.integers(-700_000, 700_000))), -1)
    off = draw(st.sampled_from([0, 0, 0, 1, -1, 2, -2, 500]))
    due = next(rate for since, rate in reversed(RATES) if since <= near["performed_on"])
    taxed = draw(st.sampled_from([*[("S", due)] * 4, ("S", 900), ("Z", 0), ("AE", due)]))
    return DrawnLine(at, quantity, price, off, *taxed)


@st.composite
def months(draw: st.DrawFn) -> DrawnMonth:
    """Draw a month in which lines share work, stray, and are wrong in every known way."""
    known = draw(st.lists(works(), min_size=1, max_size=4))
    share, amount = draw(st.integers(0, 20_000)), draw(st.integers(0, 200))
    claim = st.lists(drawn_lines(known, share), min_size=1, max_size=4)
    claims = draw(st.lists(claim, min_size=1, max_size=3))
    limits = st.builds(ToleranceFacts, st.just(share), st.integers(0, 400))
    return DrawnMonth(
        currency=draw(st.sampled_from(["JPY", "EUR", "KWD"])),
        price=ToleranceFacts(share, amount),
        quantity=draw(limits),
        tax=draw(limits),
        taxed=draw(st.booleans()),
        total=draw(st.one_of(st.none(), st.none(), limits)),
        graded=draw(st.sampled_from([False, False, True])),
        cap_minor=draw(st.one_of(st.just(10**11), st.integers(1, 400_000))),
        works=known,
        claims=claims,
        issue_days=[draw(st.integers(0, 2)) for _ in claims],
        totals_off=[draw(st.sampled_from([0, 0, 0, 0, 7])) for _ in claims],
        taxes_off=[draw(st.sampled_from([0, 0, 0, 1, -2, 300])) for _ in claims],
        kinds=[
            draw(st.sampled_from([*["invoice"] * 3, "statement", "credit_note"])) for _ in claims
        ],
    )


def enter(books: Books, month: DrawnMonth) -> Supplier:
    """Put a drawn month in the books."""
    of = supplier(books, party(books))
    place = "xa" if month.taxed else "cn"
    agreed = contract(books, of, place=place, currency=month.currency, cap_minor=month.cap_minor)
    _agree(books, month, of)
    if month.graded:
        agreed_term(books, agreed, BY_GRADE)
    sheet = service_sheet(books, agreed, month.works)
    known = items_of(books, sheet)
    other = contract(books, of, program="bpo", currency=month.currency)
    foreign = items_of(books, service_sheet(books, other))
    facts = zip(
        *(month.claims, month.issue_days, month.totals_off, month.taxes_off, month.kinds),
        strict=True,
    )
    for claim, issued, off, taxed_off, kind in facts:
        sign = -1 if kind == "credit_note" else 1
        rows = [
            _whole(line, sheet, known, month.currency, sign)
            if line.work == SHEET
            else _line(line, [*known, foreign[0]], month.currency, sign)
            for line in claim
        ]
        net = sum(row["net_minor"] for row in rows) + off
        tax = sum(_rounded(row["net_minor"] * row["tax_rate_e4"]) for row in rows) + taxed_off
        changed = {"net_minor": net, "tax_minor": tax, "gross_minor": net + tax}
        day = FIRST_ISSUE + timedelta(days=issued)
        entered = invoice(books, agreed, rows, issue_date=day, kind=kind, **changed)
        for row in lines_of(books, entered):
            if row.work_reference == sheet.reference:
                line_coverage(books, row, service_sheet_id=sheet.id)
    return of


def _agree(books: Books, month: DrawnMonth, of: Supplier) -> None:
    """Enter tolerances and taxes, beside wider and older ones that must not be chosen."""
    for step in ("price", "quantity", "tax", "total"):
        limits = getattr(month, step)
        if limits is None:
            continue
        said = {"step": step, "currency": month.currency}
        chosen = {"share_e6": limits.share_e6, "amount_minor": limits.amount_minor}
        tolerance(books, **said, share_e6=900_000, amount_minor=10**9)
        tolerance(books, **said, supplier_id=of.id, **chosen)
    strict = {"share_e6": 0, "amount_minor": 0}
    tolerance(
        books, step="price", currency=month.currency, supplier_id=of.id, term=TERMS[1], **strict
    )
    if month.taxed:
        input_tax(books, place="xa", category="AE", rate_e4=0)
        for since, rate in RATES:
            input_tax(books, place="xa", supplier_id=of.id, rate_e4=rate, valid_from=since)


def _line(line: DrawnLine, known: list[WorkItem], currency: str, sign: int) -> dict[str, Any]:
    net = sign * (extended(line.quantity_e4, line.price_e6, currency).minor + line.off_minor)
    work = known[line.work] if line.work >= 0 else None
    reference = known[-1].reference if line.work == min(REFERENCES) else REFERENCES.get(line.work)
    return claimed(
        work,
        quantity_e4=sign * line.quantity_e4,
        price_e6=line.price_e6,
        net_minor=net,
        tax_category=line.category,
        tax_rate_e4=line.rate_e4,
        work_reference=work.reference if work else reference,
    )


def _whole(
    line: DrawnLine, sheet: ServiceSheet, known: list[WorkItem], currency: str, sign: int
) -> dict[str, Any]:
    """Return a line that claims a part of the sheet, all of it, or more, in one sum."""
    parts = [extended(work.accepted_e4, work.price_e6, currency).minor for work in known]
    net = sum(parts) * (line.price_e6 % 5) // 2 + line.off_minor
    said: dict[str, Any] = {"tax_category": line.category, "tax_rate_e4": line.rate_e4}
    quantity = 10_000 if line.quantity_e4 > 0 else line.quantity_e4
    return claimed(
        quantity_e4=sign * quantity,
        price_e6=max(net, 0) * 10 ** (6 - exponent(currency)),
        net_minor=sign * net,
        work_reference=sheet.reference,
        **said,
    )


def _rounded(product: int) -> int:
    return rounded(Fraction(product, 10_000), Rounding.HALF_UP)
