"""Have task orders signed, and carry back what was accepted and settled of them."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="task_orders", flow_run_name=start_name, persist_result=False)
def task_orders(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have task orders signed, and carry back what was accepted and settled of them."""
    return run("task_orders", as_of=as_of, month=month)
