"""Lay promised files out for bank and tax office."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="delivery", flow_run_name=start_name, persist_result=False)
def delivery(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Lay promised files out for bank and tax office."""
    return run("delivery", as_of=as_of, month=month)
