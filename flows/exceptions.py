"""Have finance decide what did not match, and seal the months that are explained."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="exceptions", flow_run_name=start_name, persist_result=False)
def exceptions(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have finance decide what did not match, and seal the months that are explained."""
    return run("exceptions", as_of=as_of, month=month)
