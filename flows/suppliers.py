"""Have changes of suppliers' standing decided, and carry them out."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="suppliers", flow_run_name=start_name, persist_result=False)
def suppliers(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have changes of suppliers' standing decided, and carry them out."""
    return run("suppliers", as_of=as_of, month=month)
