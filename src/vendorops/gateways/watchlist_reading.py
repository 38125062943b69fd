"""Reads a watchlist as OpenSanctions publishes it, in a limited child process.

Two shapes: a table of targets (`targets.simple.csv`), or an entity a line in the FollowTheMoney
model (`entities.ftm.json`). Of both only what names people and organizations is taken.
"""

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Limits, Quarantined, run_limited

LIMITS = Limits(cpu_seconds=120, wall_seconds=240, answer_bytes=512 * 2**20)
"""A list of everybody has some hundred megabytes."""
KINDS = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "PublicBody": "organization",
    "LegalEntity": "entity",
}
"""Schemata of FollowTheMoney that can be a party; an entity is a person or an organization."""
NAMES = ("name", "alias", "weakAlias", "previousName")
COLUMNS = {"id", "schema", "name"}
LONGEST = 300
"""Characters of a name; what is longer is a sentence."""
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class BadWatchlist(Refused):
    """The file is not a list of the two shapes."""


@dataclass(frozen=True)
class Listed:
    """Whom a list names."""

    entry: str
    kind: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    birth_date: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class WatchlistFacts:
    """What a file says."""

    entries: tuple[Listed, ...]
    skipped: int


_FACTS = TypeAdapter(WatchlistFacts)


def read_watchlist(data: bytes, limits: Limits = LIMITS) -> WatchlistFacts:
    """Return whom a file names; refused when it is neither shape, or names nobody."""
    said = run_limited(watchlist_facts, data, limits)
    try:
        return _FACTS.validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise Quarantined("crash", "no answer", limits) from error


def watchlist_facts(data: bytes) -> dict[str, Any]:
    """Read a list: the task of the child."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadWatchlist("the list is not text in UTF-8; save it as UTF-8") from None
    rows = _entities(text) if text.lstrip().startswith("{") else _targets(text)
    found = list(rows)
    entries = {listed.entry: listed for listed in found if listed}
    if not entries:
        raise BadWatchlist("the list names no person and no organization; check the file")
    facts = WatchlistFacts(tuple(entries.values()), sum(1 for listed in found if listed is None))
    return asdict(facts)


def _targets(text: str) -> Iterator[Listed | None]:
    rows = csv.DictReader(StringIO(text, newline=""))
    lacking = COLUMNS - set(rows.fieldnames or ())
    if lacking:
        raise BadWatchlist(
            f"the list has no column {', '.join(sorted(lacking))}; load targets.simple.csv or "
            "entities.ftm.json as OpenSanctions publishes them"
        )
    for row in rows:
        many = {name: (row.get(name) or "").split(";") for name in row if name}
        yield _listed(
            (row["id"] or "", row["schema"] or ""),
            [row["name"] or "", *many.get("aliases", [])],
            {
                "countries": many.get("countries", []),
                "birth_date": many.get("birth_date", []),
                "topics": [*many.get("topics", []), *many.get("program_ids", [])],
            },
        )


def _entities(text: str) -> Iterator[Listed | None]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            said = {name: [*map(str, values)] for name, values in entity["properties"].items()}
            ident = (str(entity["id"]), str(entity["schema"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadWatchlist(
                f"line {number} of the list is not an entity of FollowTheMoney; export it again"
            ) from None
        names = [name for kind in NAMES for name in said.get(kind, [])]
        yield _listed(
            ident,
            [str(entity.get("caption") or ""), *names],
            {
                "countries": _of(said, "country", "nationality", "jurisdiction", "citizenship"),
                "birth_date": _of(said, "birthDate"),
                "topics": _of(said, "topics", "programId"),
            },
        )


def _of(said: Mapping[str, list[str]], *names: str) -> list[str]:
    return [value for name in names for value in said.get(name, [])]


def _listed(
    ident: tuple[str, str], names: list[str], more: Mapping[str, list[str]]
) -> Listed | None:
    entry, schema = ident
    called = _tidy(names)
    if schema not in KINDS or not called or not entry.strip():
        return None
    return Listed(
        entry=entry.strip(),
        kind=KINDS[schema],
        names=called,
        countries=tuple(sorted(_tidy(more["countries"]))),
        birth_date=min(_tidy(more["birth_date"]), default=""),
        topics=tuple(sorted(_tidy(more["topics"]))),
    )


def _tidy(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in one line and without characters that show nothing."""
    clean = (" ".join(_visible(text).split()) for text in texts)
    return tuple(dict.fromkeys(text for text in clean if 0 < len(text) <= LONGEST))


def _visible(text: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in INVISIBLE
    )
