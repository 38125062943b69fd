"""Take in what was dropped, read and book the files that suppliers sent."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.arrivals import after_arrivals
from flows.driver import run, start_name


@flow(name="intake", flow_run_name=start_name, persist_result=False)
def intake(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Read and book the files that suppliers sent."""
    return after_arrivals(as_of, lambda: run("intake", as_of=as_of, month=month))
