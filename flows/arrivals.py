"""Empty the folder where mail and uploads are dropped, where one was named."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.driver import WAITS_SECONDS, is_outage
from vendorops.books import Terms, open_books
from vendorops.gateways.clock import now, today
from vendorops.settings import Settings
from vendorops.stages.intake.arrivals import take_arrivals


def after_arrivals(as_of: date | None, rest: Callable[[], State[None]]) -> State[None]:
    """Look for files first, then run the rest; what fails at the folder stops nothing else."""
    folder = Settings.from_environment().arrivals
    if folder is None:
        return rest()
    taken = arrivals(folder, as_of, return_state=True)
    ended = rest()
    if taken.is_failed() and not ended.is_failed():
        return Failed(name="Broken", message=f"arrivals: {taken.message}")
    return ended


@task(
    name="arrivals",
    retries=1,
    retry_delay_seconds=WAITS_SECONDS[0],
    retry_condition_fn=is_outage,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def arrivals(folder: Path, as_of: date | None) -> State[None]:
    """Keep what was dropped; names and reasons of files that are refused lie beside them."""
    settings = Settings.from_environment()
    terms = Terms(as_of=as_of or today(settings.zone), actor="system:intake", now=now)
    found = take_arrivals(partial(open_books, settings, terms), folder, now())
    return Completed(message=f"{len(found.taken)} kept, {len(found.refused)} refused unread")
