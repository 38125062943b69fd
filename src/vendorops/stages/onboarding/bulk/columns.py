"""The columns of applications in bulk: dotted paths of the very model that a single one passes.

`party.name` and `contract.cap` are read off the model, so a field that is added to it is a column
at once. What there may be several of is numbered from one: `documents.1.kind`. What a program's
templates ask for is named freely below `contract.particulars`.
"""

from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from rapidfuzz import process

from vendorops.stages.onboarding.application import Application

KEY = "key"
"""The column that names a row, so that rows of other sheets can belong to it."""
EACH, ANY = "#", "*"
"""What stands in a path for a number, and for a free name."""
LIKE = 60
"""Percent of likeness from which another column may have been meant."""


@cache
def patterns() -> tuple[str, ...]:
    """Return the paths of every field, in the order of the form.

    >>> [path for path in patterns() if path.startswith("documents")][0]
    'documents.#.kind'
    """
    return tuple(_paths(Application, ""))


@cache
def lists() -> dict[str, str]:
    """Return what may be a sheet of its own, by the sheet's name: `terms`, `documents`."""
    starts = {path.partition(f".{EACH}.")[0] for path in patterns() if f".{EACH}." in path}
    return {start.rpartition(".")[2]: start for start in sorted(starts) if ANY not in start}


def roots() -> list[str]:
    """Return what names of columns begin with."""
    return [KEY, *dict.fromkeys(path.partition(".")[0] for path in patterns())]


def _paths(model: type[BaseModel], before: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield from dict.fromkeys(_below(field.annotation, f"{before}{name}"))


def _below(kind: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any annotation there is.
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _paths(kind, f"{path}.")
    elif origin is Annotated:
        yield from _below(inner[0], path)
    elif origin in (Union, UnionType):
        for choice in inner:
            if choice is not NoneType:
                yield from _below(choice, path)
    elif origin in (tuple, list):
        yield from _below(inner[0], f"{path}.{EACH}")
    elif origin is dict:
        yield from _below(inner[1], f"{path}.{ANY}")
    else:
        yield path


def choices(path: str) -> tuple[str, ...]:
    """Return the values a field may have where the model lists them."""
    model: Any = Application
    for step in path.split("."):
        field = model.model_fields.get(step) if hasattr(model, "model_fields") else None
        model = field.annotation if field else None
    return tuple(map(str, get_args(model))) if get_origin(model) is Literal else ()


def needed(path: str) -> bool:
    """Tell whether every application must fill a field in, whatever else it says."""
    model: Any = Application
    for step in path.split("."):
        field = model.model_fields.get(step) if hasattr(model, "model_fields") else None
        if field is None or not field.is_required():
            return False
        model = field.annotation
    return True


def pattern_of(column: str) -> str:
    """Return a column's path with its numbers left open; nothing where it is not known.

    >>> pattern_of("documents.2.kind"), pattern_of("contract.particulars.revisions")
    ('documents.#.kind', 'contract.particulars.*')
    >>> pattern_of("documents.0.kind"), pattern_of("contract.colour")
    ('', '')
    """
    steps = tuple(EACH if step.isdecimal() and step[0] != "0" else step for step in split(column))
    return next((path for path in patterns() if _fits(tuple(path.split(".")), steps)), "")


def split(column: str) -> list[str]:
    """Return the steps of a path."""
    return column.split(".")


def _fits(path: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    return len(path) == len(steps) and all(
        known == step or (known == ANY and step not in ("", EACH))
        for known, step in zip(path, steps, strict=True)
    )


def nearest(column: str, known: tuple[str, ...]) -> str:
    """Return a sentence with the column that may have been meant, or with what to do.

    >>> nearest("party.nmae", patterns())
    'did you mean party.name?'
    """
    shown = [path.replace(EACH, "1") for path in known]
    found = process.extractOne(column, shown, score_cutoff=LIKE)
    return f"did you mean {found[0]}?" if found else "take it out"
