"""Have prepared returns approved, and submit them."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="returns", flow_run_name=start_name, persist_result=False)
def returns(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have prepared returns approved, and submit them."""
    return run("returns", as_of=as_of, month=month)
