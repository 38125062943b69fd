"""Runs the deployments of prefect.yaml in this process and its children: no worker, no pool."""

from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

FLOWS = Path(__file__).parents[1]
PLANS = (FLOWS.parent / "prefect.yaml", FLOWS / "prefect.yaml")
"""Beside the flows in a checkout, among them once installed."""


def serve_all() -> None:
    """Register every deployment with the server and run what is due, until interrupted."""
    serve(*deployments())


def deployments() -> list[RunnerDeployment]:
    """Return the deployments of prefect.yaml, without the pool that larger installations use."""
    plan = next(path for path in PLANS if path.exists())
    return [_deployment(**told) for told in yaml.safe_load(plan.read_text("utf-8"))["deployments"]]


def _deployment(entrypoint: str, **told: Any) -> RunnerDeployment:  # noqa: ANN401 - YAML has no type.
    limit = told.get("concurrency_limit")
    made = _flow(entrypoint).to_deployment(
        name=told["name"],
        description=told["description"].strip(),
        tags=told["tags"],
        schedules=[_schedule(**each) for each in told.get("schedules", [])],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        paused=False,  # The last stop has paused it.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    if not isinstance(made, RunnerDeployment):  # Prefect's type allows for a coroutine.
        raise TypeError(f"{entrypoint} made no deployment")
    return made


def _flow(entrypoint: str) -> Flow[..., Any]:
    """Return the flow of `flows/sweep.py:sweep`."""
    path, _, name = entrypoint.partition(":")
    found: Flow[..., Any] = getattr(
        import_module(path.removesuffix(".py").replace("/", ".")), name
    )
    return found


def _schedule(cron: str, timezone: str, slug: str) -> Schedule:
    return Cron(cron, timezone=timezone, slug=slug)
