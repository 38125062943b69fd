"""Carry disputes on: late turns, decided outcomes, credits that came back."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="disputes", flow_run_name=start_name, persist_result=False)
def disputes(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Carry disputes on: late turns, decided outcomes, credits that came back."""
    return run("disputes", as_of=as_of, month=month)
