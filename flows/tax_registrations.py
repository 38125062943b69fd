"""Follow registrations of persons with a tax office."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="tax_registrations", flow_run_name=start_name, persist_result=False)
def tax_registrations(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Follow registrations of persons with a tax office."""
    return run("tax_registrations", as_of=as_of, month=month)
