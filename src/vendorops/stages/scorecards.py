"""Has contests of scores decided, and makes scores final that nobody contested in time."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import ScorecardRunStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.tables import ScorecardRun, ScoreLine, Supplier

SUBJECT = ScorecardRun
ROLE = "approver"
DUE_DAYS = 5


class NotOver(Refused):
    """The score may still be contested."""


def ready(books: Books) -> list[int]:
    """Return contested scores, and published ones that can no longer be contested."""
    unchallenged = and_(
        col(ScorecardRun.status) == ScorecardRunStatus.PUBLISHED,
        col(ScorecardRun.contest_until) < books.as_of,
    )
    contested = col(ScorecardRun.status) == ScorecardRunStatus.CONTESTED
    query = select(ScorecardRun.id).where(or_(contested, unchallenged))
    return list(books.session.exec(query.order_by(col(ScorecardRun.id))))


def advance(books: Books, ident: int) -> Step:
    """Make an uncontested score final, or do with a contested one what was decided.

    A granted contest withdraws the score, so that it is computed anew from corrected facts.
    Raises NotOver where the score may still be contested.
    """
    run = books.get(ScorecardRun, ident)
    if run.status == ScorecardRunStatus.PUBLISHED:
        if run.contest_until is None or books.as_of <= run.contest_until:
            raise NotOver(f"{run.reference} may be contested until {run.contest_until}; wait")
        because = f"nobody contested it until {run.contest_until}"
        books.move(run, ScorecardRunStatus.FINAL, because=because)
        return Step.DONE
    if run.status != ScorecardRunStatus.CONTESTED:
        return Step.DONE
    decision = decided(books, _question(books, run))
    if decision is None:
        return Step.WAITING
    granted = decision.answer == "approve"
    after = ScorecardRunStatus.WITHDRAWN if granted else ScorecardRunStatus.FINAL
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    books.move(run, after, because=because, content=decision.content_sha256)
    return Step.DONE


def _question(books: Books, run: ScorecardRun) -> Question:
    supplier = books.get(Supplier, run.supplier_id)
    query = select(ScoreLine).where(col(ScoreLine.scorecard_run_id) == run.id)
    lines = books.session.exec(query.order_by(col(ScoreLine.id)))
    return Question(
        kind="score_contest",
        subject=run,
        content={
            "score": run.reference,
            "supplier": supplier.reference,
            "scorecard": run.code,
            "formula_from": run.formula_from.isoformat(),
            "period": [run.period_start.isoformat(), run.period_end.isoformat()],
            "score_e4": run.score_e4,
            "band": run.band,
            "lines": [[line.metric, line.weight_e6, line.points_e4] for line in lines],
            "inputs_sha256": run.inputs_sha256,
            "contested_by": run.contested_by,
            "because": run.contested_because,
        },
        sentence=(
            f"Grant the contest of {run.reference}, the score of {supplier.reference} from"
            f" {run.period_start} to {run.period_end}, and have it computed anew?"
            f" {run.contested_by} contests it: {run.contested_because.rstrip('.')}."
        ),
        role=ROLE,
        due_days=DUE_DAYS,
        party_id=supplier.party_id,
        not_by=(run.published_by, run.contested_by),
    )
