"""Reads a supplier's service sheet: strict YAML or JSON in which every value is plain text."""

import json
from collections.abc import Hashable
from datetime import date
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from yaml.nodes import MappingNode, Node

from vendorops.domain.refusal import Refused

LARGEST = 4 * 2**20
"""Bytes; some thirty thousand lines."""
LONGEST = 400
"""Characters of one description."""

Word = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, strip_whitespace=True)]


class BadSheet(Refused):
    """The file is not a service sheet."""


class Line(BaseModel):
    """One piece of work as the supplier reports it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    term: Word
    """A term code of the contract's program."""
    description: Words
    performed_on: date
    quantity: Word
    """A plain decimal above nothing, such as `7.5`."""
    basis: str = ""
    """What a share is taken of, such as a first-year salary, in the contract's currency."""


class Sheet(BaseModel):
    """The work of one contract in one month."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    contract: Word
    """Reference of the contract, such as `CON-2026-000001`."""
    month: Word
    submitted_by: Word
    """Handle of the person who reports the work and therefore may not accept it."""
    lines: tuple[Line, ...]


class _TextLoader(yaml.BaseLoader):
    """YAML without types, so that `7.50` stays as written; no aliases, no repeated keys."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise BadSheet("the file has a YAML alias (*name) in it; write the values out instead")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - as PyYAML has it.
        seen: set[str] = set()
        for key, _ in node.value:
            name, at = str(key.value), key.start_mark.line + 1
            if name in seen:
                raise BadSheet(f"line {at} of the file says {name[:40]!r} again; keep one of them")
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_sheet(data: bytes) -> Sheet:
    """Return what a service sheet says, or refuse it naming the first place that is wrong."""
    if len(data) > LARGEST:
        raise BadSheet(f"the sheet has more than {LARGEST} bytes; split it by week")
    try:
        tree = _TextLoader(data).get_single_data()
        return Sheet.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSheet(f"{_place(first['loc'])}: {first['msg']}; correct the sheet") from error
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadSheet(f"line {at} of the file is not YAML; correct the sheet there") from error
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise BadSheet("the file is not YAML text; send the sheet as YAML or JSON") from error


def _place(location: tuple[int | str, ...]) -> str:
    """Name a place as people count: lines from one.

    >>> _place(("lines", 2, "quantity"))
    'line 3, quantity'
    """
    if location[:1] == ("lines",) and len(location) > 1:
        rest = [str(step) for step in location[2:]]
        return ", ".join([f"line {int(location[1]) + 1}", *rest])
    return ", ".join(str(step) for step in location) or "the sheet"
