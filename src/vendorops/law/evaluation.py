"""Runs law rules on inputs given as data: `vendorops law evaluate`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import (
    Citation,
    Deadline,
    Jurisdiction,
    LawOfDay,
    Rule,
    Withheld,
    WithholdingFacts,
)
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.domain.statute import choosing
from vendorops.law import defined, jurisdiction


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
    switches: dict[str, str] = {}
    """Readings of unclear law to follow in place of those on the shelf, by dotted name."""

    def law_day(self, as_of: date) -> date:
        """Return the day whose law answers: its own, else the first in `effective`, else `as_of`.

        A case that was in force until a day only, never answers with the law after it.
        """
        if self.day is not None:
            return _day(self.day)
        begin, _, end = (self.effective or "").partition("/")
        if begin:
            return _day(begin)
        return min(as_of, _day(end)) if end else as_of


def _day(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01-01" if len(text) == len("2026") else text)
    except ValueError as error:
        raise BadCase(f"{text!r} is not a day; write it as 2026-10-31") from error


@dataclass(frozen=True)
class _Listening(Jurisdiction):
    """A place that remembers what its law noted while a rule asked it."""

    heard: list[Finding] = field(default_factory=list)
    read: list[LawOfDay] = field(default_factory=list)

    def law_of(self, day: date) -> LawOfDay:
        law = super().law_of(day)
        self.read.append(law)
        return law

    def withheld(self, facts: WithholdingFacts, by: date | None = None) -> tuple[Withheld, ...]:
        answers = super().withheld(facts, by)
        self.heard.extend(finding for answer in answers for finding in answer.findings)
        return answers

    def due(self, form: str, period: Period) -> Deadline:
        answer = super().due(form, period)
        self.heard.extend(answer.findings)
        return answer

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything noted, once each: by the taxes asked, and of numbers that are not sure."""
        unsure = (found for law in self.read for found in law.findings)
        return tuple(dict.fromkeys((*self.heard, *unsure)))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every number that was read, once each."""
        return tuple(dict.fromkeys(cited for law in self.read for cited in law.citations))


@dataclass(frozen=True)
class Answered:
    """What a rule answered, with all that it rests on."""

    day: date
    """Whose law answered."""
    result: Mapping[str, object]
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]


def _listening(code: str, switches: Mapping[str, str]) -> _Listening:
    place = jurisdiction(code)
    parts = {part.name: getattr(place, part.name) for part in fields(Jurisdiction)}
    return _Listening(**parts | {"parameters": choosing(place.parameters, switches)})


def rules(code: str) -> dict[str, Rule]:
    """Return the rules of a place by name; two modules claiming one name are a defect."""
    found: dict[str, Rule] = {}
    for named in defined(code, "RULES"):
        twice = found.keys() & named.keys()
        if twice:
            raise ValueError(f"{code} defines {', '.join(sorted(twice))} twice")
        found.update(named)
    return found


def rule(code: str, name: str) -> Rule:
    """Return one rule of a place, or refuse and name those there are."""
    known = rules(code)
    if name not in known:
        names = ", ".join(sorted(known)) or "none"
        raise UnknownRule(f"law of {code} has no rule {name!r}; it has {names}")
    return known[name]


def evaluate(case: Mapping[str, Any], as_of: date) -> dict[str, object]:
    """Return what the rule of a case answers; amounts are plain decimals in text.

    A case that names no day is answered by the law of `as_of`. What the law noted, such as that
    a number could not be confirmed, is told under `findings`.
    Raises BadCase, UnknownRule or Unknown (no such place), saying what to write instead.
    """
    answered = ask(case, as_of)
    return {**answered.result, "findings": [asdict(found) for found in answered.findings]}


def ask(case: Mapping[str, Any], as_of: date) -> Answered:
    """Return the same with the numbers that were read on the way."""
    try:
        asked = Case.model_validate(dict(case))
        day = asked.law_day(as_of)
        place = _listening(asked.jurisdiction.lower(), asked.switches)
        result = rule(place.code, asked.rule)(asked.inputs, place, day)
        noted = result.pop("findings", ())
        found = (*place.findings, *noted) if isinstance(noted, tuple) else place.findings
        return Answered(day, result, place.citations, found)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        at = ".".join(str(step) for step in first["loc"])
        raise BadCase(f"case {case.get('id', '?')}: {at}: {first['msg']}") from error
