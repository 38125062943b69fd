import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PLAN = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
DEPLOYMENTS = {item["entrypoint"].partition(":")[2]: item for item in PLAN["deployments"]}


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_deployment_names_a_flow_that_is_there(name):
    path, _, function = DEPLOYMENTS[name]["entrypoint"].partition(":")

    defined = ast.parse((ROOT / path).read_text(encoding="utf-8")).body

    names = [node.name for node in defined if isinstance(node, ast.FunctionDef)]
    assert function in names


def test_nothing_is_pulled_from_anywhere_before_a_flow_runs():
    assert "pull" not in PLAN
    assert not any("pull" in deployment for deployment in DEPLOYMENTS.values())


def test_a_scheduled_flow_never_runs_beside_itself():
    limits = {
        name: deployment["concurrency_limit"]["limit"]
        for name, deployment in DEPLOYMENTS.items()
        if deployment.get("schedules")
    }

    assert set(limits.values()) == {1}


def test_the_month_end_is_asked_for_on_every_day_that_can_be_the_third_working_day():
    (schedule,) = DEPLOYMENTS["month_end"]["schedules"]

    # New Year and the Golden Week push it to the tenth or eleventh.
    assert schedule["cron"] == "0 7 3-12 * *"
