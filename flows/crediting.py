"""Have what suppliers owe back confirmed, before a settlement takes it off."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="crediting", flow_run_name=start_name, persist_result=False)
def crediting(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have what suppliers owe back confirmed, before a settlement takes it off."""
    return run("crediting", as_of=as_of, month=month)
