"""Remind and escalate what has waited too long for a person."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="decisions", flow_run_name=start_name, persist_result=False)
def decisions(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Remind and escalate what has waited too long for a person."""
    return run("decisions", as_of=as_of, month=month)
