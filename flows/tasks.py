"""Post tasks of freelancers, and end those of which nothing is still to come."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="tasks", flow_run_name=start_name, persist_result=False)
def tasks(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Post tasks of freelancers, and end those of which nothing is still to come."""
    return run("tasks", as_of=as_of, month=month)
