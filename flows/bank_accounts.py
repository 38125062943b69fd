"""Have the accounts that suppliers named verified and activated, by two people."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="bank_accounts", flow_run_name=start_name, persist_result=False)
def bank_accounts(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have the accounts that suppliers named verified and activated, by two people."""
    return run("bank_accounts", as_of=as_of, month=month)
