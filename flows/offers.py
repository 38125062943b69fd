"""Have offers to candidates approved, release them, and let them expire."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="offers", flow_run_name=start_name, persist_result=False)
def offers(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have offers to candidates approved, release them, and let them expire."""
    return run("offers", as_of=as_of, month=month)
