"""Runs flows here and now, for commands; only here does the command line meet Prefect."""

from datetime import datetime
from importlib import import_module
from typing import Any

from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings


class RunBroken(Refused):
    """A flow met something unexpected; the run in Prefect and the log tell more."""


def run_flows(
    *names: str, as_of: datetime | None, month: Period | None
) -> list[dict[str, object]]:
    """Run flows of flows/ one after the other, and return what each says.

    Asked for by name, because flows stand above the command line and nothing imports them.
    """
    settings = Settings.from_environment()
    flows: Any = import_module("flows")
    flows.prepare(settings.home / "prefect", quiet=True)
    label = month.label if month else None
    day = as_of.date() if as_of else None
    with import_module("flows.driver").without_heartbeats():
        return [
            {"flow": name, "month": label, "outcome": _run(name, as_of=day, month=label)}
            for name in names
        ]


def _run(name: str, **parameters: object) -> str:
    state = getattr(import_module(f"flows.{name}"), name)(**parameters, return_state=True)
    if state.is_failed() or state.is_crashed():
        raise RunBroken(f"{name}: {state.message or state.name}")
    return str(state.name)
