"""Invented facts with which templates are tested, previewed and measured: a specimen of each.

contract_templates/sample.yaml                  what all documents share, and places change
contract_templates/<kind>/sample.yaml           what the kind adds
contract_templates/<kind>/<place>/sample.yaml   what only that template adds
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from vendorops.documents.contracts import DocumentOrder
from vendorops.documents.fields import ContractFields
from vendorops.documents.templates import places, shelf
from vendorops.domain.money import Money
from vendorops.programs import codes

FILE = "sample.yaml"
PLACES = "places"
OF_CONTRACTS = {field.name for field in fields(ContractFields)}
_CONTRACT = TypeAdapter(ContractFields)


@dataclass(frozen=True)
class Specimen:
    """One version of a template, filled with invented facts for one place."""

    template: str
    """`nda/all/2026-01-01`."""
    kind: str
    place: str
    day: date
    """The first day of the version."""
    order: DocumentOrder

    def saying(self, **changed: str) -> DocumentOrder:
        """Return the order with other words in some fields."""
        return replace(self.order, fields={**self.order.fields, **changed})


def specimens(templates: Path, wanted: str = "") -> Iterator[Specimen]:
    """Yield a specimen of each version of each template, for each place that it serves.

    `wanted` narrows them to a kind (`nda`), or to a kind and place (`nda/cn`).
    """
    for name, versions in shelf(templates).items():
        kind, _, where = name.partition("/")
        for place in places(templates, kind, where):
            if wanted not in ("", kind, name, f"{kind}/{place}"):
                continue
            for day in sorted(versions.versions):
                order = sample_order(templates, kind, place, day)
                yield Specimen(f"{name}/{day}", kind, place, day, order)


def sample_order(templates: Path, kind: str, place: str, day: date) -> DocumentOrder:
    """Return a document of a kind filled with its invented facts.

    Those of a program's contract are typed; any other kind adds what it shows, as it is shown.
    """
    contract = sample_contract(templates, kind, place, day).as_data()
    shown = {} if kind in codes() else _own(templates, kind, place)
    return DocumentOrder(kind, place, day, {**contract, **shown})


def sample_contract(templates: Path, kind: str, place: str, day: date) -> ContractFields:
    """Return the invented facts that every contract has, with those of a program."""
    shared = _read(templates / FILE)
    of_place = shared.pop(PLACES, {}).get(place, {})
    own = _own(templates, kind, place) if kind in codes() else {}
    facts = {**shared, **of_place, **own}
    known: dict[str, Any] = {name: facts[name] for name in OF_CONTRACTS if name in facts}
    known["cap"] = Money.parse(known["cap"], known["currency"]) if known["cap"] else None
    return _CONTRACT.validate_python({**known, "day": day})


def _own(templates: Path, kind: str, place: str) -> dict[str, Any]:
    return _read(templates / kind / FILE) | _read(templates / kind / place / FILE)


def _read(path: Path) -> dict[str, Any]:
    """Return a file of facts, in which every value is text; nothing where there is no file."""
    if not path.is_file():
        return {}
    return dict(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or {})  # noqa: S506 - BaseLoader makes text only.
