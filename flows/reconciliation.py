"""Match what suppliers claim for a month with contract and accepted work."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name
from flows.task_runner import task_runner


@flow(
    name="reconciliation",
    flow_run_name=start_name,
    persist_result=False,
    task_runner=task_runner(),
)
def reconciliation(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Match what suppliers claim for a month with contract and accepted work."""
    return run("reconciliation", as_of=as_of, month=month, monthly=True)
