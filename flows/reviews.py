"""Have the doubts that checks raised settled by people."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="reviews", flow_run_name=start_name, persist_result=False)
def reviews(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have the doubts that checks raised settled by people."""
    return run("reviews", as_of=as_of, month=month)
