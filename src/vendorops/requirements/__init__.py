"""What suppliers must show in each place: `<place>.yaml`, each entry dated and cited.

What one program alone asks for may lie beside it as `<place>.<program>.yaml`.

An entry names the programs and kinds of suppliers that a document is asked of, since when, what
stops without it, when its renewal is opened, and what it must say. A change of law is a new entry
of the same kind that begins where the old one ends. Dropping a file in is all it takes to join.
"""

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
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

from vendorops.domain.requirement import Requirement, Serving, StatedFigure
from vendorops.exact_yaml import BadYaml, exact_yaml
from vendorops.registry import Unknown

SUFFIX = ".yaml"


class BadRequirement(BadYaml):
    """A file of this shelf that does not say what it must."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _whole(value: object) -> object:
    """Read a plain decimal without a fraction as the whole number it is."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
Words = Annotated[str, Field(min_length=3)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Codes = Annotated[list[Code], Field(min_length=1)]


class _Figure(_Strict):
    at_least: Whole
    unit: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class _Entry(_Strict):
    kind: Code
    title: Words
    programs: Codes
    party_kinds: Annotated[list[Literal["organization", "person"]], Field(min_length=1)]
    home: Literal["any", "here", "abroad"] = "any"
    since: date
    until: date | None = None
    blocks: Annotated[list[Literal["award", "start", "pay"]], Field(min_length=1)]
    instead: list[Code] = []
    renew_days: Whole = 60
    term_months: Whole | None = None
    proves: Literal["identity", "account", ""] = ""
    figures: dict[Code, _Figure] = {}
    cite: Words
    sure: bool = True

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until and self.until <= self.since:
            raise ValueError("until is the first day on which it is no longer asked, after since")
        return self

    def requirement(self, place: str) -> Requirement:
        """Return the entry as the stages ask it."""
        return Requirement(
            kind=self.kind,
            place=place,
            title=self.title,
            programs=tuple(self.programs),
            party_kinds=tuple(self.party_kinds),
            since=self.since,
            blocks=tuple(self.blocks),
            cite=self.cite,
            until=self.until,
            home=self.home,
            instead=tuple(self.instead),
            renew_days=self.renew_days,
            term_months=self.term_months,
            proves=self.proves,
            figures={n: StatedFigure(f.at_least, f.unit) for n, f in self.figures.items()},
            sure=self.sure,
        )


_ENTRIES = TypeAdapter(Annotated[list[_Entry], Field(min_length=1)])


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all places whose requirements we know."""
    return tuple(sorted({name.partition(".")[0] for name in _names()}))


def _names() -> list[str]:
    return sorted(file.name for file in files(__name__).iterdir() if file.name.endswith(SUFFIX))


@cache
def requirements(place: str) -> tuple[Requirement, ...]:
    """Return every requirement of a place, past ones included, or refuse naming known places."""
    if place not in codes():
        raise Unknown(f"requirements knows no {place!r}; it knows {', '.join(codes())}")
    texts = [
        (files(__name__) / name).read_text("utf-8")
        for name in _names()
        if name.partition(".")[0] == place
    ]
    return tuple(needed for text in texts for needed in requirements_from(text, place))


@lru_cache(maxsize=4096)
def required(serving: Serving, day: date) -> tuple[Requirement, ...]:
    """Return what a supplier that serves us so must hold on a day."""
    return tuple(needed for needed in requirements(serving.place) if needed.asks(serving, day))


def requirements_from(text: str, place: str) -> tuple[Requirement, ...]:
    """Read one file; an entry without a citation or a first day is refused."""
    try:
        entries = _ENTRIES.validate_python(exact_yaml(text, place + SUFFIX))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadRequirement(f"{place}{SUFFIX}: {at}: {first['msg']}") from error
    return tuple(entry.requirement(place) for entry in entries)
