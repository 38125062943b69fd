"""Draft a contract for each approved qualification."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="contracting", flow_run_name=start_name, persist_result=False)
def contracting(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Draft a contract for each approved qualification."""
    return run("contracting", as_of=as_of, month=month)
