"""Have volume tiers, rebates and program fees agreed, and enter the lines that follow."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="adjustments", flow_run_name=start_name, persist_result=False)
def adjustments(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have volume tiers, rebates and program fees agreed, and enter the lines that follow."""
    return run("adjustments", as_of=as_of, month=month)
