"""Have changes of contracts approved and signed, and bring them into effect."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="amendments", flow_run_name=start_name, persist_result=False)
def amendments(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have changes of contracts approved and signed, and bring them into effect."""
    return run("amendments", as_of=as_of, month=month)
