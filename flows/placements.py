"""Put the fees of people who started, and retainers, on the sheets of their months."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="placements", flow_run_name=start_name, persist_result=False)
def placements(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Put the fees of people who started, and retainers, on the sheets of their months."""
    return run("placements", as_of=as_of, month=month)
