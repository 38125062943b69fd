"""Have engagements that a questionnaire holds settled by a person."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.driver import run, start_name


@flow(name="classification", flow_run_name=start_name, persist_result=False)
def classification(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Have engagements that a questionnaire holds settled by a person."""
    return run("classification", as_of=as_of, month=month)
