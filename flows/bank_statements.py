"""Enter what banks tell, and find out what became of each payment."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="bank_statements", flow_run_name=start_name, persist_result=False)
def bank_statements(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Enter what banks tell, and find out what became of each payment."""
    return run("bank_statements", as_of=as_of, month=month)
