"""Let approvals of suppliers run out on their day."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="qualifications", flow_run_name=start_name, persist_result=False)
def qualifications(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Let approvals of suppliers run out on their day."""
    return run("qualifications", as_of=as_of, month=month)
