"""Compares names with OpenSanctions' own matcher, logic-v2, where its package is installed."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from vendorops.domain.refusal import Refused

CERTAIN = 1_000_000
_SCHEMA = {"person": "Person", "organization": "Organization"}


class NotInstalled(Refused):
    """The package that this scorer is made of is not on the machine."""


def _version() -> str:
    try:
        return f"nomenklatura logic-v2 ({version('nomenklatura')})"
    except PackageNotFoundError:
        return "nomenklatura logic-v2 (not installed)"


VERSION = _version()


def score(kind: str, query: str, names: Sequence[str]) -> int:
    """Return how surely the query is one of the names, in millionths."""
    matcher, config = _matcher()
    schema = _SCHEMA.get(kind, "LegalEntity")
    asked, known = _entity(schema, [query]), _entity(schema, names)
    return min(CERTAIN, round(float(matcher.compare(asked, known, config).score) * CERTAIN))


@cache
def _matcher() -> tuple[Any, Any]:
    try:
        matcher: Any = import_module("nomenklatura.matching").get_algorithm("logic-v2")
    except ModuleNotFoundError:
        raise NotInstalled(
            "the scorer nomenklatura needs its package; install vendorops with the extra "
            "nomenklatura, or use the scorer name_parts"
        ) from None
    return matcher, matcher.default_config()


def _entity(schema: str, names: Sequence[str]) -> Any:  # noqa: ANN401 - a type of the extra.
    ident = "|".join(names)  # The matcher remembers the names of an entity by its id.
    said = {"id": ident, "schema": schema, "properties": {"name": [*names]}}
    return import_module("followthemoney").EntityProxy.from_dict(said)
