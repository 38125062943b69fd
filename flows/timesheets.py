"""Gather the time of months that are over, and conclude what buyers accepted."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="timesheets", flow_run_name=start_name, persist_result=False)
def timesheets(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Gather the time of months that are over, and conclude what buyers accepted."""
    return run("timesheets", as_of=as_of, month=month)
