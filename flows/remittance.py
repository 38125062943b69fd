"""Plan the payments of withheld tax to tax offices."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="remittance", flow_run_name=start_name, persist_result=False)
def remittance(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Plan the payments of withheld tax to tax offices."""
    return run("remittance", as_of=as_of, month=month, monthly=True)
