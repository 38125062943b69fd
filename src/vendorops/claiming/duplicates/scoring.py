"""Scores how likely two claims of one supplier are the same one, and says why."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from vendorops.claiming.duplicates.sight import PERIOD, ClaimSight, without_figures
from vendorops.claiming.duplicates.terms import Weights
from vendorops.domain.money import Money
from vendorops.naming.numbers import NumberSkeleton

ONE = 1_000_000
TELLING_DIGITS = 4
"""So many equal digits at the end of longer numerals are no chance."""
DIGIT = "[o2-9l]"
"""As skeletons of numbers have them: 0 prints like o, 1 like l."""


class Part(NamedTuple):
    """What one likeness counts, and how it is told to the person who decides."""

    code: str
    points: int
    sentence: str


@dataclass(frozen=True)
class Likeness:
    """How alike a claim is to an earlier one."""

    earlier: ClaimSight
    parts: tuple[Part, ...]
    certain: bool
    """Number, day, amounts and lines are all the same: nothing is left to decide."""

    @property
    def score(self) -> int:
        """The sum of the points, in millionths, from nothing to one."""
        return min(max(sum(part.points for part in self.parts), 0), ONE)


@dataclass(frozen=True)
class Surroundings:
    """What the books know of two claims besides what their files say."""

    overdrawn: Collection[int] = ()
    """Work of which more is claimed, by all claims together, than was delivered."""
    beat_days: int = 0
    """The interval at which this amount is claimed, when one has just passed; 0 for none."""


def likeness(
    new: ClaimSight, earlier: ClaimSight, known: Surroundings, weights: Weights
) -> Likeness:
    """Compare a claim with an earlier one of the same supplier."""
    lines_again = Counter(new.lines) == Counter(earlier.lines)
    parts = (
        *_number(new, earlier, weights),
        *_amount(new, earlier, weights),
        *_content(new, earlier, known, weights),
        *_day(new, earlier, weights),
    )
    if _next_beat(new, earlier, known.beat_days, parts):
        told = f"this amount is claimed every {known.beat_days} days or so"
        parts += (Part("rhythm", weights.rhythm, told),)
    certain = (
        lines_again
        and _same_number(new, earlier)
        and new.issue_date == earlier.issue_date
        and new.gross_minor == earlier.gross_minor
    )
    return Likeness(earlier, parts, certain)


def _same_number(new: ClaimSight, earlier: ClaimSight) -> bool:
    ours, theirs = new.number, earlier.number
    return ours.looks == theirs.looks or ours.stripped == theirs.stripped


def _number(new: ClaimSight, earlier: ClaimSight, weights: Weights) -> Iterator[Part]:
    ours, theirs = new.number, earlier.number
    if _same_number(new, earlier):
        told = "the numbers differ only in zeros before them or in signs that print alike"
        yield Part("same_number", weights.same_number, told)
    elif ours.year and theirs.year and ours.year != theirs.year:
        return  # A series that begins anew with each year.
    elif _without_prefix(ours, theirs) or _without_prefix(theirs, ours):
        told = "one number is the other without its prefix or year"
        yield Part("same_serial", weights.same_serial, told)
    elif _slipped(ours.looks, theirs.looks):
        told = "the numbers differ in one sign that is missing, doubled or out of place"
        yield Part("slip", weights.slip, told)


def _without_prefix(whole: NumberSkeleton, short: NumberSkeleton) -> bool:
    """Tell whether a number is what is left of another when prefix and year are forgotten.

    A numeral that merely ends in the same digits is another number, unless they are many or only
    a year stands before them: `M90002` is not `2`, `INV202600041` may be `41`.
    """
    if whole.bare == short.bare:
        return True
    if not short.serial or short.bare != short.serial or not whole.bare.endswith(short.bare):
        return False
    year_before = re.fullmatch(rf"2o{DIGIT}{{2}}o*{short.serial}", whole.serial)
    return (
        whole.serial == short.serial
        or year_before is not None
        or len(short.serial) >= TELLING_DIGITS
    )


def _slipped(ours: str, theirs: str) -> bool:
    """Tell a slip of the hand from the next number: no sign stands in the place of another."""
    return OSA.distance(ours, theirs, score_cutoff=1) == 1 and (
        len(ours) != len(theirs) or Levenshtein.distance(ours, theirs) > 1
    )


def _amount(new: ClaimSight, earlier: ClaimSight, weights: Weights) -> Iterator[Part]:
    if new.gross_minor == earlier.gross_minor:
        gross = Money(new.gross_minor, new.currency)
        yield Part("same_gross", weights.same_gross, f"both claim {gross} gross")
    elif new.net_minor == earlier.net_minor:
        net = Money(new.net_minor, new.currency)
        yield Part("same_net", weights.same_net, f"both claim {net} net")
    else:
        yield Part("other_amount", weights.other_amount, "they claim different amounts")


def _content(
    new: ClaimSight, earlier: ClaimSight, known: Surroundings, weights: Weights
) -> Iterator[Part]:
    ours = {line.work for line in new.lines} - {0}
    theirs = {line.work for line in earlier.lines} - {0}
    if not ours or not theirs:
        yield from _texts(new, earlier, weights)
    elif not ours & theirs:
        yield Part("other_work", weights.other_work, "they name different work")
    else:
        share = _again(new, earlier, known.overdrawn)
        if share:
            percent = share * 100 // ONE
            told = f"{percent} % of one is work of the other again, more than was delivered"
            yield Part("same_work", weights.same_work * share // ONE, told)
        else:
            told = "they name the same work, of which enough was delivered for both"
            yield Part("room_for_both", weights.room_for_both, told)


def _again(new: ClaimSight, earlier: ClaimSight, overdrawn: Collection[int]) -> int:
    """Return the share of a claim that the other contains, in millionths, whichever is greater.

    A line is there again when work and quantity are the same and more is claimed of the work than
    was delivered; its price may have been changed.
    """
    before = Counter((line.work, line.quantity_e4) for line in earlier.lines)
    again = 0
    for line in new.lines:
        key = line.work, line.quantity_e4
        if line.work in overdrawn and before[key]:
            before[key] -= 1
            again += abs(line.net_minor)
    whole = min(_turnover(new), _turnover(earlier))
    return min(again * ONE // whole, ONE) if whole else 0


def _turnover(claim: ClaimSight) -> int:
    return sum(abs(line.net_minor) for line in claim.lines)


def _texts(new: ClaimSight, earlier: ClaimSight, weights: Weights) -> Iterator[Part]:
    ours, theirs = new.said, earlier.said
    if ours == theirs:
        if all(PERIOD.search(text) for text, _ in ours):
            told = "their lines name the same things, quantities and periods"
            yield Part("same_period_text", weights.same_period_text, told)
        else:
            told = "their lines name the same things and quantities"
            yield Part("same_text", weights.same_text, told)
    elif _unnumbered(ours) == _unnumbered(theirs):
        told = "their lines differ in figures or periods alone, like the next of a series"
        yield Part("other_figures", weights.other_figures, told)
    else:
        yield Part("other_text", weights.other_text, "their lines name different things")


def _unnumbered(said: Counter[tuple[str, int]]) -> Counter[str]:
    return Counter(without_figures(text) for text, _ in said.elements())


def _day(new: ClaimSight, earlier: ClaimSight, weights: Weights) -> Iterator[Part]:
    apart = abs((new.issue_date - earlier.issue_date).days)
    if apart == 0:
        yield Part("same_day", weights.same_day, "both were issued on the same day")
    elif apart <= weights.near_days:
        yield Part("near", weights.near, f"they were issued {apart} days apart")
    elif apart > weights.far_days:
        yield Part("far", weights.far, f"they were issued {apart} days apart")


def _next_beat(new: ClaimSight, earlier: ClaimSight, beat: int, parts: Sequence[Part]) -> bool:
    """Tell whether a rhythm stands between two claims: half an interval apart at least.

    Two claims of one period are none of it.
    """
    same_period = any(part.code == "same_period_text" for part in parts)
    apart = abs((new.issue_date - earlier.issue_date).days)
    return beat > 0 and 2 * apart > beat and not same_period
