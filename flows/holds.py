"""Let holds of invoices end on their day, or as people decided."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="holds", flow_run_name=start_name, persist_result=False)
def holds(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Let holds of invoices end on their day, or as people decided."""
    return run("holds", as_of=as_of, month=month)
