"""Have terminations approved, give notice, and end contracts on their day."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="terminations", flow_run_name=start_name, persist_result=False)
def terminations(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have terminations approved, give notice, and end contracts on their day."""
    return run("terminations", as_of=as_of, month=month)
