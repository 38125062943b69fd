"""The shelf of official rule sets: who judges which invoice, with which stylesheet and version.

The rules themselves are never ours: each module finds the stylesheets of one publisher in an
installed package, and `rules.yaml` in a folder of yours names further ones (see `_folder`).
"""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from vendorops.domain.finding import Finding, Level
from vendorops.registry import members
from vendorops.rulesets._document import Document, document_of
from vendorops.rulesets._folder import named_in
from vendorops.rulesets._schema import prepare_schemas, schema_of, schema_verdict
from vendorops.rulesets._sheet import RulesAbsent, Sheet

__all__ = [
    "AUTO",
    "Choice",
    "Document",
    "RuleSet",
    "RulesAbsent",
    "Sheet",
    "choose",
    "document_of",
    "names",
    "prepare_schemas",
    "rule_sets",
    "schema_of",
    "schema_verdict",
]

AUTO = "auto"
"""Let BT-24 and the syntax of the file choose."""
NATIONAL = "urn:cen.eu:en16931:2017#"
"""How BT-24 begins of an invoice that follows further rules on top of the core."""


class RuleSet(Protocol):
    """What every module of this shelf offers, and every entry of the user's `rules.yaml`."""

    @property
    def TITLE(self) -> str:  # noqa: N802 - a constant of a module.
        """What people call the rules."""

    def governs(self, document: Document) -> bool:
        """Tell whether these rules judge such a document unless told otherwise."""

    def sheet(self, document: Document) -> Sheet:
        """Return the stylesheet; refused where the rules are not at hand for such a document."""


@dataclass(frozen=True)
class Choice:
    """What a document is judged by, and what it should be judged by but cannot."""

    sheets: tuple[Sheet, ...]
    lacking: tuple[Finding, ...]


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the modules of this shelf by name."""
    return cast("dict[str, RuleSet]", members(sys.modules[__name__]))


def names(folder: Path | None) -> list[str]:
    """Return the names by which rules may be forced, those of the user's folder included."""
    own = [entry.name for entry in named_in(folder)]
    return [AUTO, *sorted({*rule_sets(), *own})]


def choose(document: Document, rules: str, folder: Path | None) -> Choice:
    """Return what judges a document: by its own word, or the rules that are forced on it.

    The user's sheet of a name takes the place of the shelf's.
    """
    shelf = rule_sets()
    own = {entry.name: entry for entry in named_in(folder) if entry.fits(document)}
    known: dict[str, RuleSet] = {**shelf, **own}
    wanted = [rules]
    if rules == AUTO:
        wanted = [
            name
            for name, one in known.items()
            if one.governs(document) and shelf.get(name, one).governs(document)
        ]
    sheets, lacking = [], []
    for name in wanted:
        try:
            sheets.append(_of(known, name).sheet(document))
        except RulesAbsent as refusal:
            level = Level.WARNING if rules == AUTO else Level.FATAL
            lacking.append(Finding("rules-absent", level, "the file", str(refusal)))
    if rules == AUTO and not _beyond_the_core(document, wanted):
        lacking.append(_unjudged(document))
    return Choice(tuple(sheets), tuple(lacking))


def _of(known: dict[str, RuleSet], name: str) -> RuleSet:
    if name not in known:
        raise RulesAbsent(f"there are no rules {name!r} for a file of this kind; see rules.yaml")
    return known[name]


def _beyond_the_core(document: Document, wanted: list[str]) -> bool:
    """Tell whether what a document follows on top of the core is among the rules wanted."""
    return not document.guideline.startswith(NATIONAL) or wanted != ["en16931"]


def _unjudged(document: Document) -> Finding:
    return Finding(
        "rules-absent",
        Level.WARNING,
        "BT-24",
        f"the file says it follows {document.guideline[len(NATIONAL) :][:80]!r}, whose own rules"
        " are not at hand; it was judged by the core of EN 16931 alone: name the stylesheet in"
        " the folder VENDOROPS_RULES",
    )
