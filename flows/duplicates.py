"""Have people decide about claims that look like earlier ones."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="duplicates", flow_run_name=start_name, persist_result=False)
def duplicates(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have people decide about claims that look like earlier ones."""
    return run("duplicates", as_of=as_of, month=month)
