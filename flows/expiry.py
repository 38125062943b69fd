"""Ask whether contracts that run out are renewed, and let the others lapse."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="expiry", flow_run_name=start_name, persist_result=False)
def expiry(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Ask whether contracts that run out are renewed, and let the others lapse."""
    return run("expiry", as_of=as_of, month=month)
