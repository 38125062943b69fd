"""Finds the few earlier claims that one may repeat, by keys, without comparing it with all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import func, insert
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.claiming.duplicates.sight import ClaimSight
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice, InvoiceKey, InvoiceLine, WorkItem

WINDOW_DAYS = 60
"""Claims of one amount are looked for in their own and the two neighbouring windows."""
MOST = 24
"""Earlier claims that one is compared with, the most promising first."""
MOST_FOUND = 400
"""Claims that keys may find: more share an amount that says nothing."""
AT_ONCE = 10_000
"""Keys asked for in one query; databases take about thirty thousand parameters."""
RHYTHM_FROM_DAYS = 5
RHYTHM_SLACK_DAYS = 3
SHORT_SLACK, RHYTHM_SLACK = 4, 8
"""An interval may differ from the one before by a quarter, up to three days, or by an eighth."""


def enter_keys(books: Books, claim: ClaimSight) -> None:
    """Make a claim be found when a later one may be the same again."""
    enter_keys_of_many(books, [claim])


def enter_keys_of_many(books: Books, claims: Sequence[ClaimSight]) -> None:
    """Do the same for many claims at once."""
    keys = [(claim, key) for claim in claims for key in _keys(claim)]
    first = books.keys(len(keys))
    rows = [
        {"id": first + at, "invoice_id": claim.id, "supplier_id": claim.supplier_id, "key": key}
        for at, (claim, key) in enumerate(keys)
    ]
    books.session.execute(insert(InvoiceKey), rows)


def _keys(claim: ClaimSight) -> Iterator[str]:
    window = claim.issue_date.toordinal() // WINDOW_DAYS
    yield f"looks:{claim.number.looks}"
    yield f"stripped:{claim.number.stripped}"
    yield f"serial:{claim.number.serial}:{claim.currency}:{claim.gross_minor}"
    yield _amount_key(claim, window)
    yield _lines_key(claim, window)


def _amount_key(claim: ClaimSight, window: int) -> str:
    return f"amount:{claim.currency}:{claim.gross_minor}:{window}"


def _lines_key(claim: ClaimSight, window: int) -> str:
    said = sorted(
        (line.named, line.text, line.quantity_e4, line.net_minor) for line in claim.lines
    )
    return f"lines:{sha256(repr(said).encode()).hexdigest()}:{window}"


def candidates(books: Books, claim: ClaimSight) -> list[int]:
    """Return the earlier claims of the supplier worth comparing, the most promising first.

    Credit notes are compared with credit notes. Rejected claims are not: their work and number
    may be claimed again.
    """
    window = claim.issue_date.toordinal() // WINDOW_DAYS
    keys = {*_keys(claim)}
    for beside in (window - 1, window + 1):
        keys |= {_amount_key(claim, beside), _lines_key(claim, beside)}
    hits = Counter(dict(_by_key(books, claim, keys)))
    for ident, shared in _by_work(books, claim):
        hits[ident] += shared
    days = _standing(books, claim, hits)
    near = {ident: abs((day - claim.issue_date).days) for ident, day in days.items()}
    return sorted(near, key=lambda ident: (-hits[ident], near[ident], ident))[:MOST]


def _by_key(books: Books, claim: ClaimSight, keys: Iterable[str]) -> Iterator[tuple[int, int]]:
    query = (
        select(InvoiceKey.invoice_id, func.count())
        .where(
            col(InvoiceKey.supplier_id) == claim.supplier_id,
            col(InvoiceKey.key).in_(sorted(keys)),
            col(InvoiceKey.invoice_id) != claim.id,
        )
        .group_by(col(InvoiceKey.invoice_id))
        .order_by(func.count().desc(), col(InvoiceKey.invoice_id).desc())
        .limit(MOST_FOUND)
    )
    yield from books.session.exec(query)


def _by_work(books: Books, claim: ClaimSight) -> Iterator[tuple[int, int]]:
    """Yield the claims that name work of this one."""
    known = sorted({line.work for line in claim.lines} - {0})
    for some in _parts(known):
        query = (
            select(InvoiceLine.invoice_id, func.count())
            .where(col(InvoiceLine.work_item_id).in_(some), InvoiceLine.invoice_id != claim.id)
            .group_by(col(InvoiceLine.invoice_id))
        )
        yield from books.session.exec(query)


def _standing(books: Books, claim: ClaimSight, idents: Iterable[int]) -> dict[int, date]:
    """Return when those were issued that are of the same kind, currency and supplier."""
    found: dict[int, date] = {}
    for some in _parts(sorted(idents)):
        query = select(col(Invoice.id), col(Invoice.issue_date)).where(
            col(Invoice.id).in_(some),
            col(Invoice.supplier_id) == claim.supplier_id,
            col(Invoice.currency) == claim.currency,
            col(Invoice.status) != InvoiceStatus.REJECTED.value,
            (col(Invoice.kind) == "credit_note") == claim.credit,
        )
        found |= dict(books.session.exec(query).all())
    return found


def overdrawn(books: Books, claims: Sequence[ClaimSight]) -> set[int]:
    """Return the work that claims have in common of which all claims ask more than was delivered.

    Credit notes count against it, and rejected claims do not count.
    """
    named = Counter(work for claim in claims for work in {line.work for line in claim.lines})
    shared = sorted(work for work, times in named.items() if work and times > 1)
    found: set[int] = set()
    for some in _parts(shared):
        query = (
            select(col(WorkItem.id))
            .join(InvoiceLine, col(InvoiceLine.work_item_id) == col(WorkItem.id))
            .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
            .where(col(WorkItem.id).in_(some), col(Invoice.status) != InvoiceStatus.REJECTED.value)
            .group_by(col(WorkItem.id), col(WorkItem.quantity_e4))
            .having(func.sum(col(InvoiceLine.quantity_e4)) > col(WorkItem.quantity_e4))
        )
        found |= set(books.session.exec(query))
    return found


def _parts(idents: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(idents), AT_ONCE):
        yield idents[start : start + AT_ONCE]


def on_beat(claim: ClaimSight, earlier: Sequence[ClaimSight]) -> int:
    """Return the interval in days at which the same is claimed, when just one has passed.

    Asks for three claims of one amount in the same words, two intervals alike; what was claimed
    besides does not hide them. Who claims at another interval for longer has no new one because
    of two claims in between.
    """
    days = {
        one.issue_date
        for one in earlier
        if (one.contract_id, one.gross_minor) == (claim.contract_id, claim.gross_minor)
        and one.said == claim.said
    }
    for last in sorted(days, reverse=True):
        passed = (claim.issue_date - last).days
        if passed < RHYTHM_FROM_DAYS:
            continue
        steps = _steps(days, last, passed)
        others = [(last - day).days for day in days if (last - day).days >= RHYTHM_FROM_DAYS]
        if steps and steps >= max(_steps(days, last, other) for other in others):
            return passed
    return 0


def _steps(days: Collection[date], last: date, beat: int) -> int:
    """Return how often going back from a day by an interval meets another of the days."""
    short = min(RHYTHM_SLACK_DAYS, beat // SHORT_SLACK)  # Of a week, a day.
    slack = max(short, beat // RHYTHM_SLACK)
    met = 0
    while True:
        off = {day: abs((last - day).days - beat) for day in days if day < last}
        last = min(off, key=lambda day: (off[day], day), default=last)
        if off.get(last, slack + 1) > slack:
            return met
        met += 1
