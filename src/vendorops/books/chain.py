"""Canonical bytes and the chain of hashes over them (RFC 8785, SHA-256)."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
import rfc8785

GENESIS = "0" * 64
_DOMAIN = b"vendorops/event/v1"
_LARGEST = 2**53
SURROGATE = re.compile("[\ud800-\udfff]")
_write = partial(orjson.dumps, option=orjson.OPT_SORT_KEYS)


def canonical(value: object) -> bytes:
    """Return the one spelling of a JSON value; integers beyond 2^53 are written as text."""
    spelled = _spelled(value)
    if _plain(spelled):  # A writer many times faster then writes the same bytes.
        return _write(spelled)
    return rfc8785.dumps(spelled)


def _plain(value: Any) -> bool:  # noqa: ANN401 - any JSON value.
    """Tell whether a value has no floats, no strange keys and nothing that JSON does not know."""
    kind = type(value)
    if kind is dict:
        return all(key.isascii() for key in value) and all(map(_plain, value.values()))
    if kind is list:
        return all(map(_plain, value))
    if kind is str:
        return value.isascii() or not SURROGATE.search(value)
    return value is None or kind in (int, bool)


def _spelled(value: Any) -> Any:  # noqa: ANN401 - any JSON value.
    if type(value) is str:  # Most of what is hashed; asking whether it is a Mapping is slow.
        return value
    if isinstance(value, int):
        return value if -_LARGEST < value < _LARGEST else str(value)
    if isinstance(value, str):
        return str.__str__(value)  # A status is a text, and is written as fast as any.
    if isinstance(value, Mapping):
        return {str(key): _spelled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(item) for item in value]
    return value


def content_sha256(value: object) -> str:
    """Return the SHA-256 of a value's canonical bytes, in hex."""
    return sha256(canonical(value)).hexdigest()


def link(previous: str, event: Mapping[str, object]) -> str:
    """Return the hash of an event that follows another."""
    return sha256(_DOMAIN + bytes.fromhex(previous) + canonical(event)).hexdigest()


def verify(rows: Iterable[tuple[Mapping[str, object], str, str]]) -> int | None:
    """Return the position, from one, of the first broken event of a chain; None when whole."""
    before = GENESIS
    for position, (event, previous, stored) in enumerate(rows, start=1):
        if previous != before or link(previous, event) != stored:
            return position
        before = stored
    return None
