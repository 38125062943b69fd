"""What a check has to say: data, not an exception, so that one run reports all that is wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding stops."""

    FATAL = "fatal"
    """The thing cannot go on."""
    WARNING = "warning"
    """A person should look; nothing stops."""


@dataclass(frozen=True)
class Finding:
    """One thing a check found, worded for the person who must act on it."""

    code: str
    """Stable name of the rule, such as `price-above-term` or `BR-CO-15`."""
    level: Level
    where: str
    """The place in the source: `line 3`, `applicant.identity`, an XPath."""
    message: str
    """What is wrong and what to do, without identity or account numbers."""


def fatal(findings: list[Finding]) -> list[Finding]:
    """Return the findings that stop the thing they were found on."""
    return [finding for finding in findings if finding.level is Level.FATAL]
