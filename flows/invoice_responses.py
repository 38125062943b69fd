"""Tell suppliers what became of their invoices."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="invoice_responses", flow_run_name=start_name, persist_result=False)
def invoice_responses(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Tell suppliers what became of their invoices."""
    return run("invoice_responses", as_of=as_of, month=month)
