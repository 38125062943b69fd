"""Have rate cards approved, and let them hold from their day on."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="rate_cards", flow_run_name=start_name, persist_result=False)
def rate_cards(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have rate cards approved, and let them hold from their day on."""
    return run("rate_cards", as_of=as_of, month=month)
