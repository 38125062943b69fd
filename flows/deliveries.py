"""Put what was delivered under orders before a buyer, and draw from it what was accepted."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="deliveries", flow_run_name=start_name, persist_result=False)
def deliveries(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Put what was delivered under orders before a buyer, and draw from it what was accepted."""
    return run("deliveries", as_of=as_of, month=month)
