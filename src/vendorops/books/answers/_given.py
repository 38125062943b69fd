"""What a person said, as the forms of answers get it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """The verdict, and what came with it."""

    verdict: str
    detail: Mapping[str, object]

    @property
    def approves(self) -> bool:
        """Whether the answer is yes."""
        return self.verdict == "approve"

    def text(self, name: str) -> str:
        """Return a fact of the detail as text; empty where it is not there."""
        return str(self.detail.get(name, "")).strip()
