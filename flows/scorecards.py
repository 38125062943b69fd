"""Have contests of scores decided; make those final that nobody contested in time."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="scorecards", flow_run_name=start_name, persist_result=False)
def scorecards(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have contests of scores decided; make those final that nobody contested in time."""
    return run("scorecards", as_of=as_of, month=month)
