"""Turn the measured service levels of a month into what they credit."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="service_levels", flow_run_name=start_name, persist_result=False)
def service_levels(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Turn the measured service levels of a month into what they credit."""
    return run("service_levels", as_of=as_of, month=month)
