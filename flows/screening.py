"""Screen the parties of all suppliers against the lists of the day."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="screening", flow_run_name=start_name, persist_result=False)
def screening(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Screen the parties of all suppliers against the lists of the day."""
    return run("screening", as_of=as_of, month=month)
