"""Reads a form that people fill in as YAML or JSON into a strict model, or says what is wrong.

Every value is text as it was typed, so that no number passes through a float and no `no` becomes
false; the model gives it its meaning. Aliases, tags and deep nesting are refused.
"""

import re
import unicodedata
from collections.abc import Hashable
from datetime import date
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vendorops.documents.printing import unprintable
from vendorops.domain.refusal import Refused

LARGEST = 2**20
"""Bytes of a form."""
DEEPEST = 12
"""Levels of nesting; no form of ours has more than six."""
SHOWN = 40
"""Mistakes told at once; a form with more is another kind of file."""
BRANCH = re.compile(r"constrained-str|str|date|nullable|(literal|function-\w+|tuple|dict)\[.*\]")
"""What pydantic puts into a place to say which of several kinds it had tried."""
KINDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not known here; check its spelling or leave it out",
    "literal_error": "must be {expected}; choose one",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "string_type": "must be one text, not a list; write it in one field",
    "too_short": "has {actual_length} entries, at least {min_length} are needed; add one",
    "too_long": "has more than {max_length} entries; leave some out",
    "tuple_type": "must be a list; number its entries",
    "dict_type": "must be a table; write it as names and values",
    "model_type": "has parts of its own; write it as names and values",
}
SHAPES = {
    "^[A-Z]{3}$": "is not a currency; write its three capital letters, such as CNY",
    "^[A-Z]{1,2}$": "is not a tax category; write its letters in UNCL 5305, such as S or AE",
    "^[0-9]{1,4}$": "is not a whole number of up to four digits; write it such as 30",
    "^[a-z][a-z0-9.-]{1,39}$": "is not a handle; write small letters, digits, dots and hyphens, "
    "such as mara.example",
    "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$": "is not a short name; write up to 40 letters, digits, "
    "dots, hyphens and underscores, without blanks",
    "^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$": "is not the name of a file; write it without folders "
    "and blanks",
    r"^[^@\s]{1,64}@[^@\s]{1,190}$": "is not an email address; write it such as mara@example.org",
}
"""What to say of text that is not of a form's pattern."""
Location = tuple[int | str, ...]
"""Where in a form something is: names, and numbers from zero."""
M = TypeVar("M", bound=BaseModel)


class BadForm(Refused):
    """The file is not a form of the kind it should be."""


class Form(BaseModel):
    """A part of a form: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _printable(text: str) -> str:
    clean = unicodedata.normalize("NFC", text.strip())
    flaw = unprintable(clean)
    if flaw:
        raise ValueError(flaw)
    if not clean:
        raise ValueError("is empty; fill it in")
    return clean


def _iso_day(text: object) -> date:
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("is not a day; write it as 2026-10-31") from None
    if day.isoformat() != text:
        raise ValueError("is not a day; write it as 2026-10-31")
    return day


Words = Annotated[str, Field(max_length=300), AfterValidator(_printable)]
"""One line of text that shows as it was typed."""
IsoDay = Annotated[date, BeforeValidator(_iso_day)]
"""A day written 2026-10-31."""


def read_form(data: bytes, model: type[M], what: str) -> M:
    """Return a form's content as the strict model; `what` names the file in refusals."""
    try:
        return model.model_validate(read_content(data, what))
    except ValidationError as error:
        raise BadForm(f"{what}: {_told(error)}") from None


def read_content(data: bytes, what: str) -> dict[str, Any]:
    """Return what a form says before any model has judged it: names, texts, and lists of them."""
    if len(data) > LARGEST:
        raise BadForm(f"{what} is larger than {LARGEST // 1024} KiB; send the form alone")
    try:
        text = data.decode("utf-8-sig")
        _check_shape(text, what)
        content = _Loader(text).get_single_data()
    except UnicodeDecodeError:
        raise BadForm(f"{what} is not text in UTF-8; save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise BadForm(f"{what} is not YAML{_place(error)}; correct it there") from None
    if not isinstance(content, dict):
        raise BadForm(f"{what} is not a form; write it as lines of `name: value`")
    return content


def _check_shape(text: str, what: str) -> None:
    """Refuse aliases and deep nesting, by which a small file asks for a lot of work."""
    depth = 0
    for event in yaml.parse(text):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BadForm(
                f"{what} uses an alias or nests too deeply at line {line}; write it out plainly"
            )


class _Loader(yaml.BaseLoader):
    """YAML in which every scalar is text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own.
        names = [key.value for key, _ in node.value]
        for at, name in enumerate(names):
            if name in names[:at]:
                mark = node.value[at][0].start_mark
                raise yaml.MarkedYAMLError(problem="a name is there twice", problem_mark=mark)
        return super().construct_mapping(node, deep=deep)


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    problem = getattr(error, "problem", None)
    return f"{where} ({problem})" if problem else where


def mistakes(error: ValidationError) -> list[tuple[Location, str]]:
    """Return each place and what is wrong there, without the values: they may be secret.

    Where a field may be one of several things, it is told once, and for what it most likely is.
    """
    told: dict[Location, str] = {}
    for mistake in error.errors(include_url=False, include_input=False):
        place = tuple(step for step in mistake["loc"] if not BRANCH.fullmatch(str(step)))
        told.setdefault(place, _what(mistake))
    return list(told.items())


def _told(error: ValidationError) -> str:
    told = [f"{_where(location)} {what}" for location, what in mistakes(error)]
    more = len(told) - SHOWN
    rest = f"; and {more} more" if more > 0 else ""
    return "; ".join(told[:SHOWN]) + rest


def _where(location: Location) -> str:
    """Return a place as people count: `documents 2, valid_to`."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in location]
    text = ", ".join(parts)
    for part in parts:
        text = text.replace(f", {part}", f" {part}") if part.isdigit() else text
    return text or "the form"


def _what(mistake: Any) -> str:  # noqa: ANN401 - pydantic's own dictionary.
    context = mistake.get("ctx", {})
    if mistake["type"] == "string_pattern_mismatch":
        return SHAPES.get(context["pattern"], "has characters that it cannot have; correct it")
    if mistake["type"] in KINDS:
        return KINDS[mistake["type"]].format(**context)
    return str(mistake["msg"]).removeprefix("Value error, ")
