"""Where the partitions of a month are worked on: one by one here, or on a Dask cluster.

| variable | meaning | unless given |
|---|---|---|
| VENDOROPS_TASK_RUNNER | `here`, or `dask` | `here` |
| VENDOROPS_DASK_ADDRESS | of a scheduler, such as `tcp://dask:8786` | a cluster made here |
| VENDOROPS_DASK_WORKERS | processes of the cluster made here | 2 |

Workers open the books by the same settings as the flow, so a cluster of several machines needs
PostgreSQL; on SQLite the workers of one machine take turns at writing.
"""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from prefect.context import FlowRunContext
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from vendorops.domain.refusal import Refused

HERE, DASK = "here", "dask"


class NoSuchRunner(Refused):
    """The setting names no way to run tasks, or one that is not installed."""


def task_runner(environment: Mapping[str, str] | None = None) -> TaskRunner[Any]:
    """Return what flows of monthly partitions hand their tasks to, by the settings."""
    given = os.environ if environment is None else environment
    chosen = given.get("VENDOROPS_TASK_RUNNER", HERE)
    if chosen == HERE:
        return ThreadPoolTaskRunner(max_workers=1)
    if chosen != DASK:
        raise NoSuchRunner(f"VENDOROPS_TASK_RUNNER is {chosen!r}; it may be {HERE} or {DASK}")
    if find_spec("prefect_dask") is None:
        raise NoSuchRunner(
            "VENDOROPS_TASK_RUNNER=dask needs an extra: pip install vendorops[dask]"
        )
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - an extra, and slow to import.

    address = given.get("VENDOROPS_DASK_ADDRESS")
    if address:
        return DaskTaskRunner(address=address)
    workers = int(given.get("VENDOROPS_DASK_WORKERS", "2"))
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    )


def elsewhere() -> bool:
    """Tell whether the flow that runs hands its tasks to other processes."""
    context = FlowRunContext.get()
    return context is not None and not isinstance(context.task_runner, ThreadPoolTaskRunner)
