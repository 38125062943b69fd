"""Draft the credit notes of issued memos, where we write the supplier's invoices."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="self_billed_credits", flow_run_name=start_name, persist_result=False)
def self_billed_credits(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Draft the credit notes of issued memos, where we write the supplier's invoices."""
    return run("self_billed_credits", as_of=as_of, month=month)
