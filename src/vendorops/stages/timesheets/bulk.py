"""Enters time in bulk: every line or none of them, or whatever is in order.

What was entered before is found again and changes nothing, so a file whose import was ended
midway is given again, whole, and the books end as if it had not been.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vendorops.books import Books, Opener, log
from vendorops.documents import keep
from vendorops.domain.importing import ALL
from vendorops.stages.timesheets.entering import Source, enter_all, strangeness
from vendorops.stages.timesheets.files import read_file
from vendorops.stages.timesheets.judging import Claim, Judged, judge
from vendorops.stages.timesheets.orders import Order, orders_named

BATCH = 20_000
"""Lines in one transaction of a partial import: other writers wait for about a second."""
ENTERED, UNCHANGED, REFUSED, HELD = "entered", "unchanged", "refused", "held"
NOTHING_WRONG = "nothing is wrong here; it is entered once nothing is wrong with any line"

Seen = Callable[[int], None]
"""Told how many more lines are done, for whoever watches."""


class Result(NamedTuple):
    """What became of a line."""

    line: int
    outcome: str
    """`entered`, `unchanged`, `refused`, or `held` because of other lines."""
    sheet: str
    reason: str


@dataclass(frozen=True)
class Import:
    """How a file is taken in."""

    mode: str
    """`all` or `partial`."""
    period: str
    """`week` or `month`: what one timesheet covers."""
    seen: Seen = lambda _: None


def load(opener: Opener, data: bytes, suffix: str, how: Import) -> list[Result]:
    """Enter a file's time and say of each line what became of it, in the order of the lines.

    Raises BadTable for a file that is no such table; what is wrong with a line is its result.
    """
    read = read_file(data)
    faulty = {line: Result(line, REFUSED, "", reason) for line, reason in read.faults.items()}
    results: list[Result] = list(faulty.values())
    if how.mode == ALL:
        results += _in_one(opener, read.claims, (data, suffix), how, sound=not faulty)
        if faulty:
            results = [_held(result) for result in results]
    else:
        for claims in _batches(opener, read.claims):
            with opener() as books:
                results += _entered(books, claims, _source(books, data, suffix, how))
            how.seen(len(claims))
    return sorted(results, key=lambda result: result.line)


def _in_one(
    opener: Opener, claims: Sequence[Claim], file: tuple[bytes, str], how: Import, *, sound: bool
) -> list[Result]:
    with opener() as books:
        log.lock(books.session)
        judged = _judged(books, claims)
        if judged.refused or not sound:
            told = _told(judged, {row.line: "" for row in judged.sound})
            return [_held(result) for result in told]
        results = _told(judged, enter_all(books, judged.sound, _source(books, *file, how)))
    how.seen(len(claims))
    return results


def _held(result: Result) -> Result:
    if result.outcome != ENTERED:
        return result
    return Result(result.line, HELD, "", NOTHING_WRONG)


def _entered(books: Books, claims: Sequence[Claim], source: Source) -> list[Result]:
    judged = _judged(books, claims)
    return _told(judged, enter_all(books, judged.sound, source))


def _source(books: Books, data: bytes, suffix: str, how: Import) -> Source:
    log.lock(books.session)
    return Source(keep(books, data, "time handed in together", suffix), how.period)


def _judged(books: Books, claims: Sequence[Claim]) -> Judged:
    """Judge lines, those under orders of other suppliers than the actor's among them."""
    judged = judge(books, claims)
    orders = {row.order.id: row.order for row in judged.sound}
    strange = strangeness(books, orders.values())
    if strange:
        judged.refused |= {
            row.line: strange[row.order.id] for row in judged.sound if row.order.id in strange
        }
        judged.sound = [row for row in judged.sound if row.order.id not in strange]
    return judged


def _told(judged: Judged, sheets: dict[int, str]) -> list[Result]:
    return [
        *(Result(line, ENTERED, sheet, "") for line, sheet in sheets.items()),
        *(Result(line, UNCHANGED, sheet, "") for line, sheet in judged.unchanged.items()),
        *(Result(line, REFUSED, "", reason) for line, reason in judged.refused.items()),
    ]


def _batches(opener: Opener, claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Cut lines into batches that keep all lines of one worker together."""
    with opener() as books:
        orders = orders_named(books, sorted({claim[1] for claim in claims}))
    theirs: dict[object, list[Claim]] = {}
    for claim in claims:
        theirs.setdefault(_whose(orders.get(claim[1]), claim), []).append(claim)
    batch: list[Claim] = []
    for some in theirs.values():
        if batch and len(batch) + len(some) > BATCH:
            yield batch
            batch = []
        batch += some
    if batch:
        yield batch


def _whose(order: Order | None, claim: Claim) -> object:
    return order.person if order and order.person else claim[1]
