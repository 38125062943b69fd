"""A month as suppliers claim it, from intake to reconciliation, compared with the truth."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlmodel import col, select

from vendorops.bench import Figures
from vendorops.bench._seeded.drawing import Drawing
from vendorops.bench._seeded.entering import arrive, enter
from vendorops.bench._seeded.judging import Score, confusion, judged
from vendorops.bench._seeded.sent import Month, Sent
from vendorops.books import Books, Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.claiming.references import Suggester
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import stage, sweep, sweep_together
from vendorops.tables import Invoice

TODAY = date(2026, 11, 16)
AT_ONCE = 200
"""Files that are read together."""
SPOILT = ("typo", "no_prefix")
"""References of which the right one may be found."""
ROUNDS = 2
"""A mail is opened in the first, what lay in it is booked in the second."""


def run(*, lines: int = 5_000, seed: int = 20261031, often: int = 1) -> Figures:
    """Take in a seeded month of about so many lines, and reconcile it.

    `often` makes faults so many times as frequent as they usually are.
    """
    month = Drawing(seed, often).draw(lines)
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        with engine(settings).begin() as connection:
            enter(connection, month)
        figures = _through(settings, month)
        engine(settings).dispose()
        forget_engines()
    return {"bench": "month", "seed": seed, "often": often, **figures}


def _through(settings: Settings, month: Month) -> Figures:
    """Let the month arrive, and go through each stage that needs no person."""
    begun = perf_counter()
    with _opened(settings, "intake")() as books:
        files = dict(arrive(books, month))
    arrived = perf_counter()
    _take_in(_opened(settings, "intake"))
    taken = perf_counter()
    sweep("duplicates", _opened(settings, "duplicates"))
    looked = perf_counter()
    for label in _months(settings):
        sweep("reconciliation", _opened(settings, "reconciliation", label))
    done = perf_counter()
    with _opened(settings, "bench")() as books:
        score = judged(books, files)
        claims = _claims(books, files)
    return {
        **claims,
        **_shares(score),
        "arrive_seconds": round(arrived - begun, 3),
        "intake_seconds": round(taken - arrived, 3),
        "duplicates_seconds": round(looked - taken, 3),
        "reconcile_seconds": round(done - looked, 3),
        **{f"seen_{name}": told for name, told in confusion(score)},
    }


def _opened(settings: Settings, stage_name: str, label: str = "2026-10") -> Opener:
    instant = datetime(2026, 11, 16, 9, tzinfo=UTC)
    terms = Terms(TODAY, f"system:{stage_name}", lambda: instant, Period.month(label))
    return partial(open_books, settings, terms)


def _take_in(opener: Opener) -> None:
    for _ in range(ROUNDS):
        with opener() as books:
            idents = stage("intake").ready(books)
        for start in range(0, len(idents), AT_ONCE):
            sweep_together("intake", opener, idents[start : start + AT_ONCE])


def _months(settings: Settings) -> list[str]:
    """Return the months that claims belong to, the earliest first."""
    waiting = col(Invoice.status) == InvoiceStatus.IN_PROCESS.value
    with _opened(settings, "bench")() as books:
        query = select(Invoice.month).where(waiting).distinct()
        return sorted(books.session.exec(query))


def _shares(score: Score) -> Figures:
    return {
        "lines": score.lines,
        "right_share": round(score.right / score.lines, 6),
        "automatic_share": round(score.automatic / score.lines, 6),
        "explained_share": round(score.explained / score.lines, 6),
        "false_accepts": score.false_accepts,
        "false_accept_minor": score.false_accept_minor,
        "false_findings": score.false_findings,
        "misnamed": score.misnamed,
    }


def _claims(books: Books, files: dict[int, Sent]) -> Figures:
    """Return how many claims there were, and how many went through without a person."""
    accepted = col(Invoice.status) == InvoiceStatus.ACCEPTED.value
    passed = books.session.exec(select(Invoice).where(accepted)).all()
    likely, right = _suggested(books, files)
    return {
        "claims": len(files),
        "touchless_claim_share": round(len(passed) / len(files), 6),
        "spoilt_references": likely,
        "suggested_right": right,
    }


def _suggested(books: Books, files: dict[int, Sent]) -> tuple[int, int]:
    """Return how many references were spoilt, and of how many the right work is proposed first."""
    suggester, spoilt, right = Suggester(books), 0, 0
    for claim in books.session.exec(select(Invoice).order_by(col(Invoice.id))).all():
        sent = files[claim.received_file_id]
        meant = {
            at: line.work.reference
            for at, line in enumerate(sent.lines, start=1)
            if line.fault in SPOILT
        }
        if meant and not sent.fault:
            first = {one.line: one.work for one in reversed(suggester.of(claim))}
            spoilt += len(meant)
            right += sum(first.get(at) == work for at, work in meant.items())
    return spoilt, right
