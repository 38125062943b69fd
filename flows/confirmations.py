"""Show settlements to their payees, and act on what they say."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="confirmations", flow_run_name=start_name, persist_result=False)
def confirmations(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Show settlements to their payees, and act on what they say."""
    return run("confirmations", as_of=as_of, month=month)
