"""The collection of invoices beside the checkout, cut into what can be judged one by one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EXPECTED = CORPORA / "expected_einvoice.json"
OWN_PROFILE = frozenset({"minimum", "basicwl", "extended"})
"""Profiles of Factur-X that are no EN 16931 invoices: judged by themselves alone."""


@dataclass(frozen=True)
class Case:
    """One test of a test set: a fragment, and which rules it must break or keep."""

    name: str
    data: bytes
    keeps: frozenset[str]
    breaks: frozenset[str]
    warns: frozenset[str]


def expected() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = json.loads(EXPECTED.read_text("utf-8"))
    return known


def cases_of(source: str) -> Iterator[Case]:
    """Every fragment of every test set of one source."""
    for key, facts in expected().items():
        if facts["kind"] == "testset" and key.startswith(f"{source}/"):
            fragments = _fragments(CORPORA / key)
            for at, (told, fragment) in enumerate(zip(facts["tests"], fragments, strict=True)):
                yield Case(f"{key}#{at}", fragment, *_told(told))


def _told(told: list[list[str]]) -> list[frozenset[str]]:
    return [
        frozenset(rule for what, rule in told if what == wanted)
        for wanted in ("success", "error", "warning")
    ]


def _fragments(path: Path) -> list[bytes]:
    found = []
    for test in etree.parse(str(path)).getroot().iterchildren("{*}test"):
        (document,) = [one for one in test.iterchildren("{*}*") if not one.tag.endswith("}assert")]
        found.append(etree.tostring(document, encoding="UTF-8"))
    return found


def documents(*kinds: str) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Every whole file of some kinds, with what is expected of it."""
    for key, facts in expected().items():
        if facts["kind"] in kinds:
            yield key, (CORPORA / key).read_bytes(), facts


def inside(facts: dict[str, Any]) -> dict[str, Any] | None:
    """What is expected of the invoice in a PDF."""
    found = [one for one in facts.get("embedded", {}).values() if "fields" in one]
    return found[0] if found else None


def level_of(facts: dict[str, Any]) -> str:
    """The profile of Factur-X that a file names."""
    told = str(facts.get("facturx_level") or facts.get("guideline") or "")
    return next((name for name in OWN_PROFILE if told.endswith(name)), "")
