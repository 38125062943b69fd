"""What a statement seems to say, where it is not certain: for a person to confirm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vendorops.domain.claim import ClaimLine
from vendorops.domain.claim_suggestion import ClaimSuggestion, SuggestedColumn, SuggestedField
from vendorops.formats._statement.days import day_of
from vendorops.formats._statement.layout import Fact, Layout
from vendorops.formats._statement.refusing import BadStatement
from vendorops.formats._statement.rows import Table

SAMPLES, LONGEST_SAMPLE = 3, 40
FORM = {"statement": "number", "date": "issue_date", "currency": "currency",
        "contract": "contract"}  # fmt: skip
"""What a form calls the facts of a whole statement."""


@dataclass(frozen=True)
class Seen:
    """A table as far as it was read."""

    format: str
    table: Table
    layout: Layout
    fields: Mapping[str, Fact]
    lines: tuple[ClaimLine, ...]


def suggestion(seen: Seen, why: str) -> ClaimSuggestion:
    """Return what was found before something was not certain."""
    fields = [
        SuggestedField(form, _form_text(name, seen.fields[name]), f"row {seen.fields[name].row}")
        for name, form in FORM.items()
        if name in seen.fields
    ]
    return ClaimSuggestion(
        format=seen.format,
        why=why,
        fields=tuple(fields),
        columns=columns_of(seen.table, seen.layout),
        lines=seen.lines,
    )


def columns_of(table: Table, layout: Layout) -> tuple[SuggestedColumn, ...]:
    """Return the columns of a table with some of their cells."""
    below = [row for row in table.rows if row.number > layout.header.number][:SAMPLES]
    named = enumerate(zip(layout.headings, layout.meanings, strict=True))
    return tuple(
        SuggestedColumn(
            heading, meaning, tuple(row.cell(at).strip()[:LONGEST_SAMPLE] for row in below)
        )
        for at, (heading, meaning) in named
    )


def _form_text(name: str, fact: Fact) -> str:
    """Return a value as a form takes it; a day that can be read in two ways stays as it is."""
    if name != "date" or re.fullmatch(r"\d{4}-\d\d-\d\d", fact.value):
        return fact.value
    try:
        return day_of(fact.row, name, fact.value, "").isoformat()
    except BadStatement:
        return fact.value
