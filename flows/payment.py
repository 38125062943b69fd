"""Plan the payment files of a month."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="payment", flow_run_name=start_name, persist_result=False)
def payment(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Plan the payment files of a month."""
    return run("payment", as_of=as_of, month=month, monthly=True)
