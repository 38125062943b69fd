"""Have it decided which freelancers get a task."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="task_applications", flow_run_name=start_name, persist_result=False)
def task_applications(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have it decided which freelancers get a task."""
    return run("task_applications", as_of=as_of, month=month)
