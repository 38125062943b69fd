"""Align pro formas with suppliers, and issue what they agreed to."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="pro_formas", flow_run_name=start_name, persist_result=False)
def pro_formas(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Align pro formas with suppliers, and issue what they agreed to."""
    return run("pro_formas", as_of=as_of, month=month)
