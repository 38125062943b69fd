"""Settle the month of a platform at once, and plan what its people are paid."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="settlement_runs", flow_run_name=start_name, persist_result=False)
def settlement_runs(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Settle the month of a platform at once, and plan what its people are paid."""
    return run("settlement_runs", as_of=as_of, month=month, monthly=True)
