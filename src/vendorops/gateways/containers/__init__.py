"""Opens mails and archives in a limited child process: what lies in them, one file after another.

First a child looks the whole container over and tells of every member; then each member is taken
out by a reader of its own, so that never more than one of them is held in memory by a child.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.refusal import Refused, Unsafe
from vendorops.gateways.child import LIMITS, Quarantined, run_limited, run_limited_many
from vendorops.gateways.containers import archive, mail
from vendorops.gateways.containers.limits import UnsafeContainer

__all__ = ["Contents", "Member", "UnsafeContainer", "container_of", "open_container", "unpacked"]

ROOMY = replace(LIMITS, answer_bytes=8 * LIMITS.answer_bytes)
"""A member comes back in base64, a third longer than it is."""
KINDS = {"archive": archive, "mail": mail}


@dataclass(frozen=True)
class Member:
    """One file in a container."""

    name: str
    """As the container has it: for people, never a path."""
    size: int


@dataclass(frozen=True)
class Contents:
    """What a container holds."""

    kind: str
    """`archive` or `mail`."""
    members: tuple[Member, ...]
    skipped: tuple[str, ...] = ()
    """What was left where it is, such as the folders that a file system leaves in archives."""
    sender: str = ""
    """From whom a mail says it is: its writer's claim, never trusted."""
    subject: str = ""
    message_id: str = ""


_CONTENTS = TypeAdapter(Contents)


def container_of(data: bytes, name: str) -> str:
    """Return which kind of container a file seems to be; nothing where it seems to be none."""
    return next((kind for kind, known in KINDS.items() if known.recognises(data, name)), "")


def open_container(data: bytes, kind: str) -> Contents:
    """Return what a container holds; refused by name where opening it could do harm."""
    said = run_limited(contents, json.dumps(kind).encode() + b"\n" + data)
    _refuse(said)
    try:
        return _CONTENTS.validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", LIMITS) from error


def unpacked(data: bytes, listed: Contents) -> Iterator[bytes]:
    """Yield the content of each member in their order."""
    frames = (
        json.dumps([listed.kind, at]).encode() + b"\n" + data for at in range(len(listed.members))
    )
    for said in run_limited_many(content, frames, ROOMY):
        if isinstance(said, Refused):
            raise said
        _refuse(said)
        try:
            yield base64.b64decode(str(said["content"]), validate=True)
        except (KeyError, binascii.Error) as error:
            raise Quarantined("crash", "no answer", LIMITS) from error


def contents(framed: bytes) -> dict[str, Any]:
    """Look a container over: the task of the child."""
    kind, _, data = framed.partition(b"\n")
    try:
        known = KINDS[json.loads(kind)]
        return asdict(Contents(kind=json.loads(kind), **known.listed(data)))
    except Unsafe as refusal:
        return {"unsafe": str(refusal)}


def content(framed: bytes) -> dict[str, Any]:
    """Take one member out: the task of the child."""
    which, _, data = framed.partition(b"\n")
    kind, at = json.loads(which)
    try:
        return {"content": base64.b64encode(KINDS[kind].member(data, at)).decode()}
    except Unsafe as refusal:
        return {"unsafe": str(refusal)}


def _refuse(said: dict[str, Any]) -> None:
    """Raise what a child refused as unsafe: only the sentence of a refusal crosses by itself."""
    if isinstance(said.get("unsafe"), str):
        raise UnsafeContainer.of(said["unsafe"])
