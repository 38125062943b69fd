"""Have payment files approved and released, by two people."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="release", flow_run_name=start_name, persist_result=False)
def release(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have payment files approved and released, by two people."""
    return run("release", as_of=as_of, month=month)
