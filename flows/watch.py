"""Watch documents over time: open renewals, note ends, have renewed ones verified."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="watch", flow_run_name=start_name, persist_result=False)
def watch(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Watch documents over time: open renewals, note ends, have renewed ones verified."""
    return run("watch", as_of=as_of, month=month)
