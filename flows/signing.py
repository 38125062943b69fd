"""Have contracts approved and signed, and bring them into force."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="signing", flow_run_name=start_name, persist_result=False)
def signing(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have contracts approved and signed, and bring them into force."""
    return run("signing", as_of=as_of, month=month)
