"""Send approved requisitions to suppliers, tier by tier."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="distribution", flow_run_name=start_name, persist_result=False)
def distribution(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Send approved requisitions to suppliers, tier by tier."""
    return run("distribution", as_of=as_of, month=month)
