"""Have suppliers agree that we write their invoices, and draft them from accepted work."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="self_billing", flow_run_name=start_name, persist_result=False)
def self_billing(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have suppliers agree that we write their invoices, and draft them from accepted work."""
    return run("self_billing", as_of=as_of, month=month)
