"""Runs stages under Prefect: the day, the batches, the retries and the report live here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from prefect import get_client, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed
from sqlalchemy.exc import OperationalError

from flows.report import Report, publish
from flows.task_runner import elsewhere
from vendorops.books import Opener, Terms, open_books
from vendorops.domain.periods import Period
from vendorops.gateways.clock import now, today
from vendorops.settings import Settings
from vendorops.stages import Outcome, figures, partitions, stage, sweep

BATCH = 1_000
"""Rows advanced by one Prefect task: a task run costs the server tens of milliseconds."""
WAITS_SECONDS = [10.0, 60.0, 300.0]
"""Pauses before an outage is met again."""
PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
"""SQLite's outages; it reports a defect such as a missing table under the same exception."""


def run(
    *stage_names: str, as_of: date | None = None, month: str | None = None, monthly: bool = False
) -> State[None]:
    """Advance everything that stages find ready, one stage after the other, within a flow.

    The day is today unless given; the month, written `2026-10`, is the one before it. A monthly
    run is called by its month, any other by its day.
    """
    day = as_of or today(Settings.from_environment().zone)
    reports = [_run_stage(name, day, month) for name in stage_names]
    label = month or (Period.month_before(day).label if monthly else day.isoformat())
    total = Report.of(flow_run.flow_name, label, reports)
    with get_client(sync_client=True) as client:
        client.update_flow_run(UUID(flow_run.id), name=total.title)
    publish(total)
    if total.broken:
        return Failed(name="Broken", message="; ".join(total.broken))
    return Completed(name=total.headline, message=total.title)


def start_name() -> str:
    """Return what a run is called until it knows how much was ready."""
    given: dict[str, Any] = flow_run.parameters
    return f"{flow_run.flow_name} {given.get('month') or given.get('as_of') or 'today'}"


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """Run flows without Prefect's heartbeat thread, which makes each run last a second longer.

    For the demonstration and for tests: a scheduled run keeps it, and operators see it end.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def is_outage(_task: object, _run: object, state: State[Any]) -> bool:
    """Tell whether a failure may heal by itself; a defect stays one however often it is run."""
    problem = state.result(raise_on_failure=False)
    if isinstance(problem, OperationalError):
        # PostgreSQL's driver keeps this class for lost connections and servers that stop.
        return str(getattr(problem.orig, "sqlite_errorname", PASSING[0])).startswith(PASSING)
    return isinstance(problem, OSError)


@task(
    name="advance",
    task_run_name="{stage_name} from {as_of}",
    retries=len(WAITS_SECONDS),
    retry_delay_seconds=WAITS_SECONDS,
    retry_condition_fn=is_outage,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def advance(stage_name: str, idents: list[int], as_of: date, month: str | None) -> Outcome:
    """Advance one batch; what an interrupted attempt has already done is no longer ready."""
    opener = _opener(stage_name, as_of, month)
    with opener() as books:
        ready = set(stage(stage_name).ready(books))
    return sweep(stage_name, opener, [ident for ident in idents if ident in ready])


def _run_stage(name: str, day: date, month: str | None) -> Report:
    chosen = stage(name)
    with _opener(name, day, month)() as books:
        idents = chosen.ready(books)
    report = Report(name, chosen.SUBJECT.__name__, len(idents))
    batches = _batches(name, _opener(name, day, month), idents)
    for answer in _answers(name, batches, day, month):
        if isinstance(answer, Outcome):
            report.outcome.add(answer)
        else:
            report.broken.append(_what_broke(name, answer))
    with _opener(name, day, month)() as books:
        report.figures = figures(name, books)
    return report


def _answers(
    name: str, batches: Sequence[list[int]], day: date, month: str | None
) -> Iterator[object]:
    """Advance batches, one after the other or on a cluster; yield outcomes and exceptions.

    Only what is worked on by sets is worth sending to another machine.
    """
    if not (_by_sets(name) and elsewhere()):
        for batch in batches:
            state = advance(name, batch, day, month, return_state=True)
            yield state.result(raise_on_failure=False)
        return
    for future in [advance.submit(name, batch, day, month) for batch in batches]:
        yield future.result(raise_on_failure=False)


def _batches(name: str, opener: Opener, idents: Sequence[int]) -> list[list[int]]:
    """Return the rows of each task: the groups of a stage that has them, or a fixed number."""
    if _by_sets(name):
        return partitions(name, opener, idents)
    return [list(idents[start : start + BATCH]) for start in range(0, len(idents), BATCH)]


def _by_sets(name: str) -> bool:
    return hasattr(stage(name), "partitions")


def _opener(stage_name: str, as_of: date, month: str | None) -> Opener:
    period = Period.month(month) if month else None
    terms = Terms(as_of=as_of, actor=f"system:{stage_name}", now=now, month=period)
    return partial(open_books, Settings.from_environment(), terms)


def _what_broke(name: str, problem: object) -> str:
    """Name the stage, the kind of failure and, from the notes of whoever met it, the reference."""
    notes = ", ".join(getattr(problem, "__notes__", []))
    return f"{name} met {type(problem).__name__}" + (f" at {notes}" if notes else "")
