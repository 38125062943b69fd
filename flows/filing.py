"""Prepare the tax returns of a month."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="filing", flow_run_name=start_name, persist_result=False)
def filing(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Prepare the tax returns of a month."""
    return run("filing", as_of=as_of, month=month, monthly=True)
