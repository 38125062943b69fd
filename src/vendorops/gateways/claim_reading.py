"""Reads a claim in a limited child process, and believes its answer only as far as it is typed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.refusal import Refused
from vendorops.formats import format_of, formats
from vendorops.gateways.child import LIMITS, Limits, Quarantined, run_limited, run_limited_many

READING = replace(LIMITS, answer_bytes=3 * LIMITS.answer_bytes)
"""A claim of a hundred thousand lines comes back as text, a few times as long as its file."""
_CLAIM = TypeAdapter(ClaimDocument)


def read_claim(data: bytes, name: str, limits: Limits = READING) -> ClaimDocument:
    """Return what a file says; `name` helps to tell its format.

    Raises Refused with the format's own sentence, Quarantined when the file broke a limit or its
    reader.
    """
    return from_answer(run_limited(answer, framed(data, name), limits), limits)


def read_claims(
    files: Iterable[tuple[bytes, str]], limits: Limits = READING
) -> Iterator[ClaimDocument | Refused]:
    """Yield what each of many files says, or why it is refused, in their order.

    Starts one interpreter for a series of files instead of one for each.
    """
    for said in run_limited_many(answer, (framed(*file) for file in files), limits):
        yield said if isinstance(said, Refused) else _believed(said, limits)


def _believed(said: dict[str, Any], limits: Limits) -> ClaimDocument | Refused:
    try:
        return from_answer(said, limits)
    except Quarantined as refusal:
        return refusal


def prepare() -> None:
    """Import every format once, in the template, instead of in each reader it forks."""
    formats()


def framed(data: bytes, name: str) -> bytes:
    """Put a name and a file into one input of a child."""
    return json.dumps(name).encode() + b"\n" + data


def answer(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child, whose answer is plain JSON."""
    name, _, data = framed_file.partition(b"\n")
    claim = format_of(data, json.loads(name)).read(data)
    return dict(_CLAIM.dump_python(claim, mode="json"))


def from_answer(said: dict[str, Any], limits: Limits = READING) -> ClaimDocument:
    """Return the claim that an answer describes; one that describes none broke its reader."""
    try:
        return _CLAIM.validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error
