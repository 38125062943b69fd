"""Every few minutes: take up whatever is ready, above all what people decided since."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.arrivals import after_arrivals
from flows.driver import run, start_name

STAGES = (
    "suppliers",
    "screening",
    "onboarding",
    "reviews",
    "watch",
    "qualifications",
    "tax_registrations",
    "bank_accounts",
    "contracting",
    "signing",
    "amendments",
    "terminations",
    "expiry",
    "requisitions",
    "distribution",
    "offers",
    "classification",
    "rate_cards",
    "ordering",
    "order_revisions",
    "tasks",
    "task_applications",
    "task_deliveries",
    "deliveries",
    "placements",
    "timesheets",
    "expenses",
    "earnings",
    "acceptance",
    "intake",
    "duplicates",
    "claim_findings",
    "self_billing",
    "exceptions",
    "reopenings",
    "holds",
    "disputes",
    "service_levels",
    "guarantees",
    "adjustments",
    "crediting",
    "self_billed_credits",
    "pro_formas",
    "settlement_runs",
    "settlement",
    "confirmations",
    "task_orders",
    "bank_statements",
    "release",
    "returns",
    "scorecards",
    "delivery",
    "decisions",
)
"""In the order of the line, so that one sweep carries a case as far as it can go.

Reconciliation, payment and filing are left out: a month is matched, paid and filed when its day
has come, not when the first line of it is there.
"""


@flow(name="sweep", flow_run_name=start_name, persist_result=False)
def sweep(as_of: date | None = None, month: str | None = None) -> State[None]:
    """Advance every case that can go on without waiting for the end of its month."""
    return after_arrivals(as_of, lambda: run(*STAGES, as_of=as_of, month=month))
