"""Has orders approved, lets them begin once their checklist is done, and ends them."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="ordering", flow_run_name=start_name, persist_result=False)
def ordering(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Has orders approved, lets them begin once their checklist is done, and ends them."""
    return run("ordering", as_of=as_of, month=month)
