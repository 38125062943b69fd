"""Scores suppliers by a weighted formula, and tells who would have moved under another one.

Points and scores run from 0 to 100 and are kept in ten-thousandths; weights and shares in
millionths. A figure that could not be measured leaves its weight to the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vendorops.domain.kpi import Value
from vendorops.domain.money import Rounding, rounded

WHOLE_E6 = 10**6
MOST_E4 = 100 * 10**4
"""100 points."""


@dataclass(frozen=True)
class Metric:
    """One figure of a formula: its weight, and from where to where it earns points."""

    code: str
    weight_e6: int
    none_at: Fraction
    """Value that earns nothing; from here to `full_at` points rise evenly."""
    full_at: Fraction

    def points(self, value: Fraction) -> int:
        """Return points in ten-thousandths, rounded half up.

        >>> Metric("time_to_submit", 10**6, Fraction(120), Fraction(20)).points(Fraction(45))
        750000
        """
        reached = (value - self.none_at) / (self.full_at - self.none_at)
        return rounded(min(max(reached, Fraction(0)), Fraction(1)) * MOST_E4, Rounding.HALF_UP)


@dataclass(frozen=True)
class Band:
    """What a score from some number of points on means."""

    name: str
    tier: int
    """Tier of distribution it opens; 1 is asked first."""
    from_e4: int


@dataclass(frozen=True)
class Formula:
    """One version of a scorecard's formula."""

    code: str
    since: date
    title: str
    cite: str
    hours: str
    """`working` or `calendar`: which hours of a time count."""
    contest_days: int
    """Working days in which the supplier may contest what was published."""
    least_measured_e6: int
    """How much of the weight must have been measured for a score to be told."""
    metrics: tuple[Metric, ...]
    bands: tuple[Band, ...]
    """The best first; the last begins at nothing."""

    def band(self, score_e4: int) -> Band:
        """Return the band a score lies in."""
        return next(band for band in self.bands if score_e4 >= band.from_e4)


@dataclass(frozen=True)
class Line:
    """What one figure earned; `points_e4` is None where nothing was there to measure by."""

    metric: str
    weight_e6: int
    points_e4: int | None


@dataclass(frozen=True)
class Scored:
    """A score with the lines it follows from; none where too little was measured."""

    lines: tuple[Line, ...]
    score_e4: int | None
    band: Band | None


def scored(formula: Formula, values: Mapping[str, Value]) -> Scored:
    """Score the figures of one supplier's period."""
    lines = tuple(
        Line(
            metric.code,
            metric.weight_e6,
            metric.points(values[metric.code].exact) if metric.code in values else None,
        )
        for metric in formula.metrics
    )
    score = total_of(lines, formula.least_measured_e6)
    return Scored(lines, score, None if score is None else formula.band(score))


def total_of(lines: Sequence[Line], least_measured_e6: int) -> int | None:
    """Return the weighted mean of what was measured, rounded half up once.

    >>> total_of([Line("a", 750_000, 1_000_000), Line("b", 250_000, 0)], 0)
    750000
    """
    told = [(line.weight_e6, line.points_e4) for line in lines if line.points_e4 is not None]
    weight = sum(weight for weight, _ in told)
    if not weight or weight < least_measured_e6:
        return None
    points = sum(weight * points for weight, points in told)
    return rounded(Fraction(points, weight), Rounding.HALF_UP)


@dataclass(frozen=True)
class Moved:
    """Where a supplier stood, and where another formula would have put it."""

    supplier: str
    before: Scored
    after: Scored
    rank_before: int | None
    rank_after: int | None

    @property
    def by_e4(self) -> int | None:
        """By how many ten-thousandths of a point the score would have changed."""
        if self.before.score_e4 is None or self.after.score_e4 is None:
            return None
        return self.after.score_e4 - self.before.score_e4

    @property
    def moves(self) -> bool:
        """Whether it would have had another rank or band."""
        return (self.rank_before, self.before.band) != (self.rank_after, self.after.band)


def back_test(before: Mapping[str, Scored], after: Mapping[str, Scored]) -> list[Moved]:
    """Compare two scorings of the same suppliers, in the order of their references."""
    first, second = ranks(before), ranks(after)
    return [
        Moved(name, before[name], after[name], first.get(name), second.get(name))
        for name in sorted(before)
    ]


def ranks(scores: Mapping[str, Scored]) -> dict[str, int]:
    """Return the rank of everyone who has a score; equal scores share the better rank."""
    told = {name: one.score_e4 for name, one in scores.items() if one.score_e4 is not None}
    return {
        name: 1 + sum(other > score for other in told.values()) for name, score in told.items()
    }
