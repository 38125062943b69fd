"""How suppliers were scored, by which version of which formula, from which figures."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import ScorecardRunStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, once_where, strict, text, whole

SCORE_ONCE = "uq_scorecardrun_one_stands"


class ScorecardRun(Row, table=True):
    """One supplier's score of one period (Coupa score card), with what it was computed from."""

    __table_args__ = strict(
        lifecycle(ScorecardRunStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("code", "supplier_id", "period_start", "period_end", "version"),
        CheckConstraint("period_end > period_start", name="period"),
        CheckConstraint("score_e4 >= 0 AND score_e4 <= 1000000 AND version > 0", name="score"),
        CheckConstraint("status <> 'contested' OR contested_by <> ''", name="contested_by_whom"),
        once_where(
            SCORE_ONCE,
            ("code", "supplier_id", "period_start", "period_end"),
            "status <> 'withdrawn'",
        ),
    )
    states: ClassVar[type[Status]] = ScorecardRunStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"published_by", "published_on", "contest_until"}
        | {"contested_by", "contested_on", "contested_because"}
    )

    reference: str = text()
    code: str = text()
    """A file of scorecards/."""
    formula_from: date = day()
    """First day of the formula's version."""
    formula_sha256: str = text()
    supplier_id: int = link("supplier")
    period_start: date = day()
    period_end: date = day()
    """First day no longer in the period."""
    version: int = whole(default=1)
    """One more than the withdrawn scores of that period."""
    inputs: str = text()
    """Every figure measured, working and calendar hours apart, as canonical JSON."""
    inputs_sha256: str = text()
    score_e4: int | None = whole(default=None)
    """0 to 100 points in ten-thousandths; none where too little was measured."""
    band: str = text(default="")
    tier: int | None = whole(default=None)
    """Tier of distribution that the band opens."""
    computed_by: str = text()
    computed_on: date = day()
    published_by: str = text(default="")
    published_on: date | None = day(default=None)
    contest_until: date | None = day(default=None)
    """Last day on which the supplier may contest it."""
    contested_by: str = text(default="")
    contested_on: date | None = day(default=None)
    contested_because: str = text(default="")
    status: str = text(default=ScorecardRunStatus.COMPUTED.value, index=True)


class ScoreLine(Row, table=True):
    """What one figure earned in a score; never edited."""

    __table_args__ = strict(
        UniqueConstraint("scorecard_run_id", "metric"),
        CheckConstraint("weight_e6 > 0 AND weight_e6 <= 1000000", name="weight"),
        CheckConstraint("points_e4 >= 0 AND points_e4 <= 1000000", name="points"),
    )
    witnessed: ClassVar[bool] = True

    scorecard_run_id: int = link("scorecardrun")
    metric: str = text()
    weight_e6: int = whole()
    points_e4: int | None = whole(default=None)
    """None where nothing was there to measure by; the other lines then weigh more."""
