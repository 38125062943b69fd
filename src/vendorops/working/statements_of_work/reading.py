"""Reads a statement of work, or a change of one: strict YAML with exact numbers."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import BadYaml, exact_yaml

LARGEST = 2**20
"""Bytes; some ten thousand lines."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
Kind = Literal["event", "schedule", "unit", "no_cost", "time"]


class BadStatement(Refused):
    """The file is not a statement of work, or not a change of one."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Instalment(_Strict):
    """An amount that is due on a day."""

    due: date
    amount: Decimal


class Line(_Strict):
    """One typed line; a schedule has its amounts and days instead of a price."""

    kind: Kind
    description: Words
    code: Word = ""
    """A term code of the program; each kind but `unit` has its usual one."""
    price: Decimal | None = None
    most: Decimal | None = None
    """Most units or hours that are accepted."""
    due: date | None = None
    instalments: tuple[Instalment, ...] = ()
    least_grade: Word = ""
    """Makes the line accepted by a grade of the statement's scale, this one or better."""
    acceptance: str = ""
    """By what it is accepted, in words."""


class LateFine(_Strict):
    """Share of what comes after its day that is taken off for each day, and the most of it."""

    share: Decimal
    cap: Decimal


class Statement(_Strict):
    """A statement of work."""

    contract: Word
    title: Words
    start: date
    end: date
    """First day no longer covered."""
    budget: Decimal
    grades: tuple[Word, ...] = ()
    """The scale of lines that are accepted by grade, best first."""
    late_fine: LateFine | None = None
    lines: tuple[Line, ...]


class ChangedLine(Line):
    """A line as it becomes; without a number it is a further one."""

    line: Decimal | None = None


class Changed(_Strict):
    """A change order."""

    order: Word
    valid_from: date
    reason: Words
    delta: Decimal | None = None
    """By how much the budget changes; below zero where it falls."""
    end: date | None = None
    lines: tuple[ChangedLine, ...] = ()


M = TypeVar("M", bound=BaseModel)


def read_statement(data: bytes) -> Statement:
    """Return what a statement of work says, or refuse naming the first place that is wrong."""
    return _read(data, Statement)


def read_change(data: bytes) -> Changed:
    """Return what a change order says, or refuse naming the first place that is wrong."""
    return _read(data, Changed)


def _read(data: bytes, model: type[M]) -> M:
    if len(data) > LARGEST:
        raise BadStatement(f"the file has more than {LARGEST} bytes; is it the right one?")
    try:
        tree = exact_yaml(data.decode(), "the file")
        return model.model_validate(_tuples(tree))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ", ".join(_counted(step) for step in first["loc"]) or "the file"
        raise BadStatement(f"{where}: {first['msg']}; correct the file") from error
    except (BadYaml, UnicodeError, RecursionError) as error:
        raise BadStatement(f"the file is not YAML: {error}; correct it") from error


def _counted(step: int | str) -> str:
    return str(step + 1) if isinstance(step, int) else step


def _tuples(tree: object) -> object:
    """Return a tree whose lists are tuples, as strict models want them."""
    if isinstance(tree, dict):
        return {key: _tuples(value) for key, value in tree.items()}
    return tuple(map(_tuples, tree)) if isinstance(tree, list) else tree
