"""What the options of `onboard FILE` say."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vendorops.books import Opener
from vendorops.cli.session import opener

STAGE = "onboarding"


@dataclass(frozen=True)
class Given:
    """The options, by their names."""

    documents: Path | None
    mode: str
    result: Path | None
    defaults: Path | None
    check: bool
    actor: str | None
    as_of: datetime | None
    as_json: bool

    @property
    def applicant(self) -> Opener:
        """What opens the books in the name of whoever hands the file in."""
        return opener(self.actor or f"system:{STAGE}", self.as_of)

    @property
    def stage(self) -> Opener:
        """What opens the books for the stage."""
        return opener(f"system:{STAGE}", self.as_of)
