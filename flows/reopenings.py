"""Open sealed months again where a second person agreed."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="reopenings", flow_run_name=start_name, persist_result=False)
def reopenings(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Open sealed months again where a second person agreed."""
    return run("reopenings", as_of=as_of, month=month)
