from pathlib import Path

import yaml
from sqlalchemy.ext.hybrid import HybridExtensionType

from flows.serving.deployments import deployments
from flows.serving.process import mend

PLAN = yaml.safe_load((Path(__file__).parents[2] / "prefect.yaml").read_text("utf-8"))


def test_one_machine_serves_the_same_deployments_that_are_planned_for_many():
    served = {made.entrypoint: made for made in deployments()}

    for planned in PLAN["deployments"]:
        path, _, name = planned["entrypoint"].partition(":")
        made = served.pop(f"{path.removesuffix('.py').replace('/', '.')}.{name}")
        assert made.name == planned["name"]
        assert made.tags == planned["tags"]
        assert made.concurrency_limit == planned.get("concurrency_limit", {}).get("limit")
        crons = [getattr(each.schedule, "cron", None) for each in made.schedules or []]
        assert crons == [each["cron"] for each in planned.get("schedules", [])]
    assert served == {}


def test_a_schedule_that_was_paused_at_the_last_stop_starts_again():
    assert [made.paused for made in deployments()] == [False] * len(PLAN["deployments"])


def test_what_prefect_computes_is_left_out_when_it_schedules_many_runs_at_once():
    from prefect.server.database import orm_models  # noqa: PLC0415 - after prepare.

    mend()

    computed = [
        found
        for mapper in orm_models.Base.registry.mappers
        for found in mapper.all_orm_descriptors
        if found.extension_type is HybridExtensionType.HYBRID_PROPERTY
    ]
    assert computed
    row = {"state": "Scheduled"}
    for found in computed:
        getattr(found, "bulk_dml_setter")(None, row, "Scheduled")  # noqa: B009 - mypy does not know it.
    assert row == {"state": "Scheduled"}
