"""Formulas by which suppliers are scored: one file a scorecard, each version dated and cited.

A version gives its metrics with weights that come to exactly 100 %, where each earns nothing and
where everything, and bands of scores. Dropping a file in is all it takes to join; a version that
was used is never edited.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from vendorops.domain.dated import Dated
from vendorops.domain.kpi import CODES
from vendorops.domain.scorecard import WHOLE_E6, Band, Formula, Metric
from vendorops.exact_yaml import BadYaml, exact_yaml
from vendorops.registry import Unknown

SUFFIX = ".yaml"
POINT_E4 = 10**4


class BadScorecard(BadYaml):
    """A file of this shelf that does not say what it must."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _whole(value: object) -> object:
    """Read a plain decimal without a fraction as the whole number it is."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0)]
Words = Annotated[str, Field(min_length=3)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6)]


class _Metric(_Strict):
    code: str
    weight: Annotated[Share, Field(gt=0)]
    none_at: Decimal
    full_at: Decimal

    @model_validator(mode="after")
    def _can_be_measured(self) -> Self:
        if self.code not in CODES:
            raise ValueError(f"nothing measures {self.code!r}; there are {', '.join(CODES)}")
        if self.none_at == self.full_at:
            raise ValueError(f"{self.code}: none_at and full_at must differ")
        return self


class _Band(_Strict):
    name: Words
    tier: Annotated[Whole, Field(ge=1)]
    least: Annotated[Whole, Field(le=100, alias="from")]


class _Entry(_Strict):
    since: date
    title: Words
    cite: Words
    hours: Literal["working", "calendar"]
    contest_days: Whole
    least_measured: Share
    metrics: Annotated[list[_Metric], Field(min_length=1)]
    bands: Annotated[list[_Band], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        whole = sum(metric.weight for metric in self.metrics)
        if whole != 1:
            raise ValueError(f"the weights come to {whole}; make them 1")
        if len({metric.code for metric in self.metrics}) < len(self.metrics):
            raise ValueError("a metric is there twice; keep one")
        least = [band.least for band in self.bands]
        if least != sorted(set(least), reverse=True) or least[-1] != 0:
            raise ValueError("bands go from the best down to one from 0, each once")
        return self

    def formula(self, code: str) -> Formula:
        return Formula(
            code=code,
            since=self.since,
            title=self.title,
            cite=self.cite,
            hours=self.hours,
            contest_days=self.contest_days,
            least_measured_e6=int(self.least_measured * WHOLE_E6),
            metrics=tuple(
                Metric(
                    metric.code,
                    int(metric.weight * WHOLE_E6),
                    Fraction(metric.none_at),
                    Fraction(metric.full_at),
                )
                for metric in self.metrics
            ),
            bands=tuple(Band(band.name, band.tier, band.least * POINT_E4) for band in self.bands),
        )


_ENTRIES = TypeAdapter(Annotated[list[_Entry], Field(min_length=1)])


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all scorecards."""
    found = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


@cache
def scorecard(code: str) -> Dated[Formula]:
    """Return all versions of a scorecard's formula, or refuse naming the scorecards there are."""
    if code not in codes():
        raise Unknown(f"scorecards knows no {code!r}; it knows {', '.join(codes())}")
    return scorecard_from((files(__name__) / f"{code}{SUFFIX}").read_text("utf-8"), code)


def scorecard_from(text: str, code: str) -> Dated[Formula]:
    """Read one file; weights that do not come to exactly 100 % are refused."""
    try:
        entries = _ENTRIES.validate_python(exact_yaml(text, code + SUFFIX))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadScorecard(f"{code}{SUFFIX}: {at}: {first['msg']}") from error
    return Dated(f"scorecard {code}", _versions(entries, code))


def _versions(entries: Sequence[_Entry], code: str) -> dict[date, Formula]:
    versions = {entry.since: entry.formula(code) for entry in entries}
    if len(versions) < len(entries):
        raise BadScorecard(f"{code}{SUFFIX}: two versions begin on one day; keep one")
    return versions
