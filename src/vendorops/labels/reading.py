"""Reads a file of this shelf strictly: every entry dated, nothing unknown."""

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from vendorops.exact_yaml import BadYaml, exact_yaml

M = TypeVar("M", bound=BaseModel)


class BadLabels(BadYaml):
    """A file of this shelf that does not say what it must."""


class Entry(BaseModel):
    """Something of the vocabulary, from a day on."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    since: date
    until: date | None = None
    """First day on which it is no longer used."""

    def holds(self, day: date) -> bool:
        """Tell whether it is in use on a day."""
        return self.since <= day and (self.until is None or day < self.until)


def _whole(value: object) -> object:
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0)]
Words = Annotated[str, Field(min_length=1)]


def entries(file: str, model: type[M]) -> tuple[M, ...]:
    """Return the entries of a file, or refuse it and say where it is wrong."""
    return entries_from((files("vendorops.labels") / file).read_text("utf-8"), model, file)


def entries_from(text: str, model: type[M], file: str) -> tuple[M, ...]:
    """Return the entries of a text; `file` names it in refusals."""
    try:
        return tuple(TypeAdapter(list[model]).validate_python(exact_yaml(text, file)))  # type: ignore[valid-type]  # a model is a type.
    except ValidationError as error:
        first = error.errors()[0]
        at = " → ".join(str(step) for step in first["loc"])
        raise BadLabels(f"{file}: {at}: {first['msg']}; correct it there") from error
