"""Enters applications in bulk: all or none of them, or whatever is in order.

What was entered before is found again and changes nothing, so a file whose import was ended
midway is given again, whole, and the books end as if it had not been.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vendorops.books import Books, Opener, log
from vendorops.books.parts import part
from vendorops.documents import keep_ahead
from vendorops.domain.importing import ALL
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.bulk.judging import Judged, judge
from vendorops.stages.onboarding.bulk.lines import Line
from vendorops.stages.onboarding.entering import COPY_SUFFIX, enter, masked_copy

BATCH = 100
"""Lines in one transaction: other writers wait for less than a second."""
ENTERED, UNCHANGED, REFUSED, HELD = "entered", "unchanged", "refused", "held"
NOTHING_WRONG = "nothing is wrong here; it is entered once nothing is wrong with any line"

Seen = Callable[[int], None]
"""Told how many more lines are done, for whoever watches."""


@dataclass(frozen=True)
class Result:
    """What became of a line."""

    line: int
    key: str
    outcome: str
    """`entered`, `unchanged`, `refused`, or `held` because of other lines."""
    case: str
    reason: str


class _UndoneError(Exception):
    """Nothing of this transaction is to be kept."""


def enter_lines(
    opener: Opener, lines: Sequence[Line], folder: Path, mode: str, seen: Seen = lambda _: None
) -> list[Result]:
    """Enter lines whose documents lie in a folder, and say of each what became of it.

    In mode `all` either every line is entered, in one transaction, or none; all that is wrong
    with any of them is told. In mode `partial` what is in order is entered, in batches.
    """
    judged = judge(lines, folder)
    if mode == ALL:
        return _all(opener, judged, folder, seen)
    results = []
    for start in range(0, len(judged), BATCH):
        batch = judged[start : start + BATCH]
        with opener() as books:
            _write_copies(books, batch)
            results += [_apart(books, each, folder) for each in batch]
        seen(len(batch))
    return results


def _all(opener: Opener, judged: Sequence[Judged], folder: Path, seen: Seen) -> list[Result]:
    results = []
    try:
        with opener() as books:
            _write_copies(books, judged)
            for each in judged:
                results.append(_apart(books, each, folder))
                seen(1)
            _check_none_refused(results)
    except _UndoneError:
        return [result if result.outcome != ENTERED else _held(result) for result in results]
    return results


def _write_copies(books: Books, judged: Sequence[Judged]) -> None:
    """Write the copies that entering keeps of each application, all at once."""
    sound = (each.application for each in judged if each.application and not each.reasons)
    keep_ahead(books, map(masked_copy, sound), COPY_SUFFIX)


def _check_none_refused(results: Sequence[Result]) -> None:
    if any(result.outcome == REFUSED for result in results):
        raise _UndoneError


def _held(result: Result) -> Result:
    return Result(result.line, result.key, HELD, "", NOTHING_WRONG)


def _apart(books: Books, judged: Judged, folder: Path) -> Result:
    """Enter a line; where it is refused, nothing of it is kept and the others are not touched."""
    line, application = judged.line, judged.application
    if application is None or judged.reasons:
        return Result(line.number, line.key, REFUSED, "", "; ".join(judged.reasons))
    before = log.lock(books.session).seq
    try:
        with part(books):
            case = enter(books, application, folder, judged.digest)
    except Refused as refusal:
        return Result(line.number, line.key, REFUSED, "", line.told(str(refusal)))
    outcome = UNCHANGED if log.lock(books.session).seq == before else ENTERED
    return Result(line.number, line.key, outcome, case.reference, "")
