"""Enter what people earned by their pay plans, once the days of a stretch are over."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="earnings", flow_run_name=start_name, persist_result=False)
def earnings(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Enter what people earned by their pay plans, once the days of a stretch are over."""
    return run("earnings", as_of=as_of, month=month)
