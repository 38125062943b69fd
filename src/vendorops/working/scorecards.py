"""Scores suppliers from what was measured, publishes scores and takes contests of them."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256

from sqlmodel import col, select

from vendorops.books import Books, canonical, log
from vendorops.books.working_days import working_days
from vendorops.domain.lifecycle import ScorecardRunStatus
from vendorops.domain.periods import DAY, Period
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.domain.scorecard import Band, Formula, Line, Scored, scored
from vendorops.scorecards import scorecard
from vendorops.tables import Person, RoleGrant, ScorecardRun, ScoreLine, Supplier
from vendorops.working.measuring import figures_of, kept, read_back

PUBLISHER, SIGNER = "approver", "supplier"
"""Roles: who lets a supplier know its score; who may contest it."""


class NotScorable(Refused):
    """The score cannot be computed, published or contested so, or not by this person."""


def compute(books: Books, code: str, supplier: Supplier, period: Period) -> ScorecardRun:
    """Score a supplier's period by the formula of its last day; the same figures are one score.

    Refused while the period is not over, and where a score of it was published already: that one
    changes by being contested only.
    """
    log.lock(books.session)
    if books.as_of < period.end:
        raise NotScorable(f"{period} is not over on {books.as_of}; score it from {period.end} on")
    formula = scorecard(code).on(period.end - DAY)
    told = kept(figures_of(books, supplier, period))
    earlier = _runs(books, code, supplier, period)
    standing = next((run for run in earlier if run.status != ScorecardRunStatus.WITHDRAWN), None)
    if standing:
        same = (standing.inputs, standing.formula_sha256) == (told, formula_sha256(formula))
        if same:
            return standing
        if standing.status != ScorecardRunStatus.COMPUTED:
            raise NotScorable(
                f"{standing.reference} of that period is {standing.status}; a score that was"
                " published changes only where its supplier contests it"
            )
        because = "other facts or another formula came up before it was published"
        books.move(standing, ScorecardRunStatus.WITHDRAWN, because=because)
    return _enter(books, formula, supplier, (period, told, len(earlier) + 1))


def _enter(
    books: Books, formula: Formula, supplier: Supplier, of: tuple[Period, str, int]
) -> ScorecardRun:
    period, told, version = of
    result = scored(formula, read_back(told)[formula.hours])
    run = books.enter(
        ScorecardRun(
            id=books.key(),
            reference=books.reference("SCR"),
            code=formula.code,
            formula_from=formula.since,
            formula_sha256=formula_sha256(formula),
            supplier_id=supplier.id,
            period_start=period.start,
            period_end=period.end,
            version=version,
            inputs=told,
            inputs_sha256=sha256(told.encode()).hexdigest(),
            score_e4=result.score_e4,
            band=result.band.name if result.band else "",
            tier=result.band.tier if result.band else None,
            computed_by=books.actor,
            computed_on=books.as_of,
        ),
        because=f"{supplier.reference} in {period} by {formula.code} of {formula.since}",
    )
    for line in result.lines:
        books.enter(ScoreLine(id=books.key(), scorecard_run_id=run.id, **asdict(line)))
    return run


def formula_sha256(formula: Formula) -> str:
    """Return the hash of everything a version of a formula says."""
    return sha256(canonical(_told(asdict(formula)))).hexdigest()


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _told(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_told(one) for one in value]
    return value if isinstance(value, int) else str(value)


def _runs(books: Books, code: str, supplier: Supplier, period: Period) -> list[ScorecardRun]:
    query = select(ScorecardRun).where(
        col(ScorecardRun.code) == code,
        col(ScorecardRun.supplier_id) == supplier.id,
        col(ScorecardRun.period_start) == period.start,
        col(ScorecardRun.period_end) == period.end,
    )
    return list(books.session.exec(query.order_by(col(ScorecardRun.version))))


def publish(books: Books, run: ScorecardRun) -> None:
    """Let a supplier know its score, which it may then contest for some working days."""
    log.lock(books.session)
    if not _holds(books, PUBLISHER):
        raise NotScorable(f"{books.actor} does not hold the role {PUBLISHER!r} on {books.as_of}")
    formula = scorecard(run.code).versions[run.formula_from]
    books.move(run, ScorecardRunStatus.PUBLISHED, because=f"published by {books.actor}")
    run.published_by, run.published_on = books.actor, books.as_of
    run.contest_until = working_days(books).after(books.as_of, formula.contest_days)


def contest(books: Books, run: ScorecardRun, reason: str) -> None:
    """Contest a published score for its supplier, in time and with a reason; a person decides."""
    log.lock(books.session)
    supplier = books.get(Supplier, run.supplier_id)
    person = books.session.exec(select(Person).where(col(Person.handle) == books.actor)).first()
    if not (person and person.party_id == supplier.party_id and _holds(books, SIGNER)):
        raise NotScorable(
            f"{books.actor} does not sign for {supplier.reference}; its signer contests its scores"
        )
    refuse_wordless(reason, "why the score is contested: which figure is wrong, and how")
    if run.contest_until and books.as_of > run.contest_until:
        raise NotScorable(f"{run.reference} could be contested until {run.contest_until} only")
    run.contested_by, run.contested_on, run.contested_because = books.actor, books.as_of, reason
    books.move(run, ScorecardRunStatus.CONTESTED, because=reason)


def _holds(books: Books, role: str) -> bool:
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role) == role,
        col(RoleGrant.valid_from) <= books.as_of,
    )
    grants = books.session.exec(query).all()
    return any(not grant.valid_to or books.as_of < grant.valid_to for grant in grants)


def result_of(books: Books, run: ScorecardRun) -> Scored:
    """Return a score with its lines as the books have them."""
    query = select(ScoreLine).where(col(ScoreLine.scorecard_run_id) == run.id)
    lines = tuple(
        Line(row.metric, row.weight_e6, row.points_e4)
        for row in books.session.exec(query.order_by(col(ScoreLine.id)))
    )
    band = Band(run.band, run.tier, 0) if run.tier is not None else None
    return Scored(lines, run.score_e4, band)
