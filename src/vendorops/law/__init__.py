"""The law of each place, one folder each: rules, dated and cited numbers, worked examples.

A folder holds, per tax, three files of one name: the rule (`.py`, it defines TAX), its numbers
(`.yaml`) and its worked examples (`.cases.yaml`). A module that defines RETURN is a form, one
that defines RULES answers `law evaluate`, one that defines DUTIES says whom else the law asks for
something, one that defines REMINDERS when something is reported that rests on no tax, one that
defines STANDING what may be recorded of payees because it asks for it, one that defines
PAYER_STANDING what of our own companies. Dropping a file or folder in is all it takes to join.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import Bracket, Figure, Jurisdiction, Parameters
from vendorops.exact_yaml import BadYaml, exact_yaml
from vendorops.registry import Unknown, members

NUMBERS = ".yaml"
CASES = ".cases.yaml"


class BadLawFile(BadYaml):
    """A file of the law shelf that does not say what it must."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _BracketLine(_Strict):
    rate: Decimal
    quick: Decimal
    up_to: Decimal | None = None


class _Version(_Strict):
    is_: Decimal | list[_BracketLine] | None = Field(alias="is", default=None)
    says: str = ""
    """Words, where the law asks for words or leaves a choice; else a number is given."""
    cite: str = Field(min_length=3)
    sure: bool = True

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if (self.is_ is None) == (not self.says):
            raise ValueError("a value has `is` (a number or table) or `says` (words), not both")
        return self

    @property
    def value(self) -> Decimal | tuple[Bracket, ...] | str:
        """The value as rules read it."""
        if isinstance(self.is_, list):
            return tuple(Bracket(line.rate, line.quick, line.up_to) for line in self.is_)
        return self.says if self.is_ is None else self.is_


class _Parameter(_Strict):
    about: str = Field(min_length=3)
    unit: str = Field(min_length=1)
    since: Annotated[dict[date, _Version], Field(min_length=1)]
    options: dict[str, str] = {}
    """Of a switch: each reading that may be followed, and what it means."""

    @model_validator(mode="after")
    def _one_of_its_options(self) -> Self:
        stray = [each.says for each in self.since.values() if each.says not in self.options]
        if self.options and stray:
            raise ValueError(f"a switch says one of its options, not {stray[0]!r}")
        return self

    def figure(self, version: _Version) -> Figure:
        """Return one version with its source and unit."""
        told = (self.unit, self.about, tuple(self.options))
        return Figure(version.value, version.cite, version.sure, *told)


_PARAMETERS = TypeAdapter(dict[str, _Parameter])


def parameters_from(text: str, prefix: str) -> Parameters:
    """Read one file of numbers; a number without a citation is refused."""
    try:
        found = _PARAMETERS.validate_python(exact_yaml(text, prefix + NUMBERS))
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadLawFile(f"{prefix}{NUMBERS}: {at}: {first['msg']}") from error
    return {
        f"{prefix}.{key}": Dated(
            f"{prefix}.{key}", {day: entry.figure(one) for day, one in entry.since.items()}
        )
        for key, entry in found.items()
    }


def codes() -> list[str]:
    """Return the codes of all places we know: the folders here."""
    return sorted(found.name for found in iter_modules(__path__) if found.ispkg)


def place(code: str) -> ModuleType:
    """Return the folder of one place, or refuse and name those there are."""
    if code not in codes():
        raise Unknown(f"law knows no {code!r}; it knows {', '.join(codes())}")
    return import_module(f"{__name__}.{code}")


def defined(code: str, name: str) -> list[Any]:
    """Return what the modules of a place define under a name such as TAX, in order of files."""
    modules = members(place(code)).values()
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def texts(code: str, suffix: str) -> dict[str, str]:
    """Return the texts of a place's files by what stands before a suffix: NUMBERS or CASES."""
    found = sorted(files(place(code)).iterdir(), key=lambda file: file.name)
    stems = {file.name.removesuffix(suffix): file for file in found if file.name.endswith(suffix)}
    return {stem: file.read_text("utf-8") for stem, file in stems.items() if "." not in stem}


def _named(code: str, name: str) -> dict[str, tuple[str, ...]]:
    return {fact: some[fact] for some in defined(code, name) for fact in some}


@cache
def jurisdiction(code: str) -> Jurisdiction:
    """Return the law of one place."""
    folder = place(code)
    numbers: dict[str, Dated[Figure]] = {}
    for stem, text in texts(code, NUMBERS).items():
        numbers.update(parameters_from(text, stem))
    return Jurisdiction(
        code=code,
        title=folder.TITLE,
        currency=folder.CURRENCY,
        parameters=numbers,
        taxes=tuple(defined(code, "TAX")),
        returns=tuple(defined(code, "RETURN")),
        reminders=tuple(each for some in defined(code, "REMINDERS") for each in some),
        duties=tuple(duty for some in defined(code, "DUTIES") for duty in some),
        standing=_named(code, "STANDING"),
        payer_standing=_named(code, "PAYER_STANDING"),
        calendar=folder.calendar,
    )


def laid_over(text: str, stem: str, code: str = "") -> tuple[str, Parameters]:
    """Read another file of numbers, and return whose it is and its numbers over the shelf's.

    A first day that the shelf has is replaced, another one is added. Refused are a file that no
    place has, or several have and none is named, and numbers that the shelf does not know.
    """
    asked = [code.lower()] if code else codes()
    having = [each for each in asked if stem in texts(each, NUMBERS)]
    if len(having) != 1:
        known = ", ".join(having) or "none of the places asked"
        raise BadLawFile(f"{stem}{NUMBERS} is a file of {known}; name one place and a file it has")
    shelf = jurisdiction(having[0]).parameters
    read = parameters_from(text, stem)
    stray = sorted(read.keys() - shelf.keys())
    if stray:
        raise BadLawFile(f"{stem}{NUMBERS}: no rule reads {', '.join(stray)}; correct the name")
    return having[0], {
        name: Dated(name, {**shelf[name].versions, **dated.versions})
        for name, dated in read.items()
    }
