"""Have people look at what was found on claims when they came."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="claim_findings", flow_run_name=start_name, persist_result=False)
def claim_findings(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have people look at what was found on claims when they came."""
    return run("claim_findings", as_of=as_of, month=month)
