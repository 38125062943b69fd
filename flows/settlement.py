"""Work out what each contract is owed for a month, and book it once approved."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="settlement", flow_run_name=start_name, persist_result=False)
def settlement(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Work out what each contract is owed for a month, and book it once approved."""
    return run("settlement", as_of=as_of, month=month, monthly=True)
