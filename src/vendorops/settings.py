"""Where this installation keeps its books, files, templates and key: read from the environment.

| variable | meaning | unless given |
|---|---|---|
| VENDOROPS_HOME | books, documents and key | `vendorops-home` here |
| VENDOROPS_DATABASE | database address (SQLAlchemy) | `books.db` in the home |
| VENDOROPS_TEMPLATES | folder of contract templates | those shipped |
| VENDOROPS_RULES | folder of further official rules, with its `rules.yaml` | none |
| VENDOROPS_ARRIVALS | folder where mail and uploads are dropped; emptied into intake | none |
| VENDOROPS_KEY | file of the vault's master key | `vault.key` in the home |
| VENDOROPS_ZONE | time zone in which a business day is read off the clock | `UTC` |
| VENDOROPS_BUSY_SECONDS | how long to wait for a locked database | 30 |

A home with a file named `simulated-time` plays time instead of living it: waiting periods count
business days as given, so that a demonstration need not take weeks. No real home has one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_SOURCE = Path(__file__).parent
SIMULATED = "simulated-time"
"""The file that marks a home in which time is only played."""


def shipped_templates() -> Path:
    """Return the templates beside the source tree, or those packed into an installed package."""
    beside = _SOURCE.parents[1] / "contract_templates"
    return beside if beside.is_dir() else _SOURCE / "contract_templates"


def _folder(named: str) -> Path | None:
    return Path(named).absolute() if named else None


@dataclass(frozen=True)
class Settings:
    """One installation."""

    home: Path
    database: str
    templates: Path
    key_file: Path
    zone: str = "UTC"
    busy_seconds: int = 30
    rules: Path | None = None
    """The folder of further official rules."""
    arrivals: Path | None = None
    """The folder where files of suppliers are dropped."""
    simulated: bool = False
    """Whether time is only played here; read from the home, never from the environment."""

    @classmethod
    def at(cls, home: Path, database: str = "") -> Self:
        """Return the settings of a self-contained folder, with SQLite unless told otherwise."""
        home = home.absolute()
        return cls(
            home=home,
            database=database or f"sqlite:///{home}/books.db",
            templates=shipped_templates(),
            key_file=home / "vault.key",
            simulated=(home / SIMULATED).is_file(),
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings; what is not set has the value tabled above."""
        given = os.environ if environment is None else environment
        plain = cls.at(Path(given.get("VENDOROPS_HOME", "vendorops-home")))
        return cls(
            home=plain.home,
            database=given.get("VENDOROPS_DATABASE", plain.database),
            templates=Path(given.get("VENDOROPS_TEMPLATES", plain.templates)),
            key_file=Path(given.get("VENDOROPS_KEY", plain.key_file)),
            zone=given.get("VENDOROPS_ZONE", plain.zone),
            busy_seconds=int(given.get("VENDOROPS_BUSY_SECONDS", plain.busy_seconds)),
            rules=_folder(given.get("VENDOROPS_RULES", "")),
            arrivals=_folder(given.get("VENDOROPS_ARRIVALS", "")),
            simulated=plain.simulated,
        )

    def environment(self) -> dict[str, str]:
        """Return the variables that make another process read these same settings."""
        return {
            "VENDOROPS_HOME": str(self.home),
            "VENDOROPS_DATABASE": self.database,
            "VENDOROPS_TEMPLATES": str(self.templates),
            "VENDOROPS_KEY": str(self.key_file),
            "VENDOROPS_ZONE": self.zone,
            "VENDOROPS_BUSY_SECONDS": str(self.busy_seconds),
            "VENDOROPS_RULES": str(self.rules or ""),
            "VENDOROPS_ARRIVALS": str(self.arrivals or ""),
        }

    @property
    def documents(self) -> Path:
        """The content-addressed store of every document received or written."""
        return self.home / "documents"

    @property
    def outgoing(self) -> Path:
        """Where files for banks and tax offices are laid out, named by their hash."""
        return self.home / "outgoing"
