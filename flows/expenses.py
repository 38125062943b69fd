"""Put expenses before a buyer, and conclude what was accepted."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="expenses", flow_run_name=start_name, persist_result=False)
def expenses(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Put expenses before a buyer, and conclude what was accepted."""
    return run("expenses", as_of=as_of, month=month)
