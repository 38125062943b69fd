"""Rules out of a folder of the user's: `rules.yaml` there names each stylesheet.

    - name: xrechnung
      version: "2.4.0"
      syntax: ubl
      guideline: urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3
      stylesheet: XRechnung-UBL-validation.xsl

`guideline` is how BT-24 begins of the documents that these rules judge on their own account;
without it they judge every document of their syntax. A stylesheet is XSLT that writes SVRL, or
Schematron (`.sch`), which is compiled once.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from vendorops.domain.refusal import Refused
from vendorops.exact_yaml import exact_yaml
from vendorops.rulesets._document import Document
from vendorops.rulesets._schematron import compiled
from vendorops.rulesets._sheet import RulesAbsent, Sheet

LIST = "rules.yaml"


class BadRules(Refused):
    """The list of the folder, or a stylesheet it names, cannot be used."""


class Entry(BaseModel):
    """One rule set of the folder; it offers what the modules of the shelf do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    version: Annotated[str, Field(min_length=1, max_length=60)]
    syntax: Literal["ubl", "cii"]
    stylesheet: Annotated[str, Field(pattern=r"^[^/\\]+\.(xslt?|sch)$")]
    guideline: str = ""


@dataclass(frozen=True)
class FolderRules:
    """A rule set of the user's folder; see `RuleSet`."""

    entry: Entry
    folder: Path

    @property
    def name(self) -> str:
        """The name under which it may be forced."""
        return self.entry.name

    @property
    def TITLE(self) -> str:  # noqa: N802 - as the modules of the shelf call it.
        """What people call the rules."""
        return f"{self.entry.name} of {self.folder.name}"

    def fits(self, document: Document) -> bool:
        """Tell whether the stylesheet is for the document's syntax at all."""
        return self.entry.syntax == document.syntax

    def governs(self, document: Document) -> bool:
        """Tell whether the document follows these rules by its own word."""
        return self.fits(document) and document.guideline.startswith(self.entry.guideline)

    def sheet(self, document: Document) -> Sheet:  # noqa: ARG002 - one stylesheet for all.
        """Return the stylesheet, compiled where it is Schematron."""
        path = self.folder / self.entry.stylesheet
        if not path.is_file():
            raise RulesAbsent(f"{LIST} names {self.entry.stylesheet}, which is not beside it")
        digest = sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".sch":
            path = compiled(path, digest)
        return Sheet(self.entry.name, self.entry.version, path, digest)


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def named_in(folder: Path | None) -> tuple[FolderRules, ...]:
    """Return the rule sets of a folder; none where no folder is given."""
    return _read(folder) if folder else ()


@cache
def _read(folder: Path) -> tuple[FolderRules, ...]:
    path = folder / LIST
    try:
        told = exact_yaml(path.read_text("utf-8"), str(path))
        entries = _ENTRIES.validate_python(told)
    except OSError as error:
        raise BadRules(f"{path} cannot be read; VENDOROPS_RULES must name its folder") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadRules(f"{path}: {place}: {first['msg']}; correct it") from error
    return tuple(FolderRules(entry, folder) for entry in entries)
