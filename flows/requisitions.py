"""Have requisitions approved, and close those that ran out."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="requisitions", flow_run_name=start_name, persist_result=False)
def requisitions(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have requisitions approved, and close those that ran out."""
    return run("requisitions", as_of=as_of, month=month)
