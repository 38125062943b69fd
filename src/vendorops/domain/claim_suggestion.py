"""What a file seems to claim, for a person to confirm: nothing of it is booked by itself."""

from dataclasses import dataclass

from vendorops.domain.claim import ClaimLine
from vendorops.domain.refusal import Refused


@dataclass(frozen=True)
class SuggestedField:
    """One fact of a claim, and where it was found."""

    name: str
    """number, issue_date, currency, net, tax, gross, contract …"""
    value: str
    """As a form takes it: 2026-10-31, 1234.50, EUR."""
    where: str
    """Place in the file, such as `page 1, line 12`."""


@dataclass(frozen=True)
class SuggestedColumn:
    """One column of a table, and what it seems to mean."""

    heading: str
    meaning: str
    """Nothing where it cannot be told."""
    samples: tuple[str, ...]
    """Some of its cells."""


@dataclass(frozen=True)
class ClaimSuggestion:
    """What a reader found, and why it is not certain."""

    format: str
    """Name of the format module that read the file."""
    why: str
    """One sentence; where a figure can be read two ways it names row and column."""
    fields: tuple[SuggestedField, ...] = ()
    columns: tuple[SuggestedColumn, ...] = ()
    lines: tuple[ClaimLine, ...] = ()
    seller_numbers: tuple[str, ...] = ()
    """Numbers that may be the seller's; looked up in the books and never kept."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its columns."""
        return tuple(column.heading for column in self.columns)


class NeedsReview(Refused):
    """The file may be a claim, but what it says is not certain: a person must say it."""

    def __init__(self, suggestion: ClaimSuggestion) -> None:
        self.suggestion = suggestion
        super().__init__(suggestion.why)
