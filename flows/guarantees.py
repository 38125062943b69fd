"""Follow the guarantees of placements: passed, replaced, or the fee given back."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="guarantees", flow_run_name=start_name, persist_result=False)
def guarantees(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Follow the guarantees of placements: passed, replaced, or the fee given back."""
    return run("guarantees", as_of=as_of, month=month)
