"""Runs law rules on inputs given as data: `vendorops law evaluate`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from vendorops.domain.jurisdiction import Rule
from vendorops.domain.refusal import Refused
from vendorops.law import defined, jurisdiction

NEWEST = date(2100, 1, 1)
"""Stands for the newest law on the shelf, for cases that name no day."""


class BadCase(Refused):
    """A case that does not say what the rule asks for."""


class UnknownRule(Refused):
    """The place has no rule of that name."""


class Case(BaseModel):
    """One question in the shape of a list of worked cases; the answer it expects is not read."""

    model_config = ConfigDict(extra="forbid", strict=True)
    jurisdiction: str
    rule: str
    inputs: dict[str, Any]
    id: str = ""
    day: str | None = None
    effective: str | None = None
    expected: dict[str, Any] | None = None
    how: str | None = None
    status: str | None = None
    source: str | None = None

    @property
    def law_day(self) -> date:
        """The day whose law answers: its own, else the first in `effective`, else the newest."""
        if self.day is not None:
            return _day(self.day)
        begin, _, end = (self.effective or "").partition("/")
        return _day(begin or end) if begin or end else NEWEST


def _day(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01-01" if len(text) == len("2026") else text)
    except ValueError as error:
        raise BadCase(f"{text!r} is not a day; write it as 2026-10-31") from error


def rules(code: str) -> dict[str, Rule]:
    """Return the rules of a place by name; two modules claiming one name are a defect."""
    found: dict[str, Rule] = {}
    for named in defined(code, "RULES"):
        twice = found.keys() & named.keys()
        if twice:
            raise ValueError(f"{code} defines {', '.join(sorted(twice))} twice")
        found.update(named)
    return found


def evaluate(case: Mapping[str, Any]) -> dict[str, object]:
    """Return what the rule of a case answers; amounts are plain decimals in text.

    Raises BadCase, UnknownRule or Unknown (no such place), saying what to write instead.
    """
    try:
        asked = Case.model_validate(dict(case))
        code = asked.jurisdiction.lower()
        known = rules(code)
        if asked.rule not in known:
            names = ", ".join(sorted(known)) or "none"
            raise UnknownRule(f"law of {code} has no rule {asked.rule!r}; it has {names}")
        return known[asked.rule](asked.inputs, jurisdiction(code), asked.law_day)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        at = ".".join(str(step) for step in first["loc"])
        raise BadCase(f"case {case.get('id', '?')}: {at}: {first['msg']}") from error
