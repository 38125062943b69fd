"""Has changes of orders approved by somebody who did not propose them, and makes them."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="order_revisions", flow_run_name=start_name, persist_result=False)
def order_revisions(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Has changes of orders approved by somebody who did not propose them, and makes them."""
    return run("order_revisions", as_of=as_of, month=month)
