"""What follows from labels: circles, formulas of ranking, grades of competency models."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field

from vendorops.domain.dated import Dated
from vendorops.domain.ranking.demand import Formula
from vendorops.domain.talent import Circle, Competency, Need
from vendorops.labels.reading import BadLabels, Entry, Whole, Words, entries
from vendorops.labels.vocabulary import KINDS, MEASURES, UnknownLabel


class _Need(Entry):
    since: date = date.min
    kind: Words
    code: str = ""
    any_of: list[str] = Field(default_factory=list)


class _Circle(Entry):
    code: Words
    en: Words
    zh: Words
    needs: list[_Need]
    run: Words


class _Formula(Entry):
    version: Words
    about: Words
    falls_short: Literal["nothing", "share"]
    weights: dict[str, Whole]


class _Dimension(Entry):
    since: date = date.min
    en: Words
    zh: Words
    about: Words


class _Competency(Entry):
    model: Words
    en: Words
    zh: Words
    grades: dict[str, Whole]
    dimensions: dict[str, _Dimension]


@cache
def circles(day: date) -> tuple[Circle, ...]:
    """Return the circles in use on a day, in the order in which people are sorted into them."""
    return tuple(_circle(one) for one in entries("circles.yaml", _Circle) if one.holds(day))


def _circle(entry: _Circle) -> Circle:
    needs = tuple(Need(one.kind, tuple(one.any_of or [one.code])) for one in entry.needs)
    return Circle(entry.code, entry.en, entry.zh, needs, entry.run)


@cache
def _formulas() -> dict[str, _Formula]:
    found = {one.version: one for one in entries("formulas.yaml", _Formula)}
    for one in found.values():
        if set(one.weights) != {*KINDS, *MEASURES}:
            raise BadLabels(f"formulas.yaml: {one.version} must weigh every kind, and no other")
    return found


def formula(version: str) -> Formula:
    """Return one version of the formula, or refuse and name those there are."""
    found = _formulas().get(version)
    if found is None:
        known = ", ".join(_formulas())
        raise UnknownLabel(f"there is no formula {version[:40]!r}; there is {known}; choose one")
    return Formula(found.version, found.weights, shares=found.falls_short == "share")


def formula_on(day: date) -> Formula:
    """Return the formula in force on a day."""
    known = {one.since: one.version for one in _formulas().values()}
    return formula(Dated("formula of ranking", known).on(day))


@cache
def competency(model: str, day: date) -> Competency:
    """Return a competency model as it holds on a day, or refuse and name those there are."""
    known = entries("competencies.yaml", _Competency)
    versions = {one.since: one for one in known if one.model == model}
    if not versions:
        names = ", ".join(sorted({one.model for one in known}))
        raise UnknownLabel(f"there is no competency model {model[:40]!r}; there is {names}")
    found = Dated(f"competency model {model}", versions).on(day)
    return Competency(
        model=model,
        en=found.en,
        zh=found.zh,
        dimensions={name: (one.en, one.zh) for name, one in found.dimensions.items()},
        grades=found.grades,
    )
