"""Put what freelancers delivered on sheets of work, to be accepted."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="task_deliveries", flow_run_name=start_name, persist_result=False)
def task_deliveries(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Put what freelancers delivered on sheets of work, to be accepted."""
    return run("task_deliveries", as_of=as_of, month=month)
