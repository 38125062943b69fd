"""Have delivered work accepted by who ordered it."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="acceptance", flow_run_name=start_name, persist_result=False)
def acceptance(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have delivered work accepted by who ordered it."""
    return run("acceptance", as_of=as_of, month=month)
