"""The forms that people fill in at intake, as YAML: a mapping of columns, and a claim."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from vendorops.books.entered_claims import EnteredClaim
from vendorops.documents.forms import Form, Words, read_form
from vendorops.domain.claim_suggestion import ClaimSuggestion, SuggestedColumn
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.statement_mapping import MEANINGS, StatementMapping

FACTS = ("kind", "number", "issue_date", "currency", "supplier", "contract", "net", "tax", "gross")
HINTS = {
    "kind": "invoice, credit_note or statement",
    "issue_date": "such as 2026-10-31",
    "supplier": "SUP-2026-000001",
    "contract": "CON-2026-000001",
}


class ColumnForm(Form):
    """One column."""

    heading: str
    means: str


class MappingForm(Form):
    """What the columns of a supplier's statements mean."""

    supplier: Words
    decimal: str = ""
    date_order: str = ""
    currency: str = ""
    columns: Annotated[tuple[ColumnForm, ...], Field(min_length=1, max_length=200)]

    @property
    def mapping(self) -> StatementMapping:
        """The mapping without whose it is."""
        columns = tuple((each.heading, each.means) for each in self.columns)
        return StatementMapping(columns, self.decimal, self.date_order, self.currency)


def read_mapping(data: bytes) -> MappingForm:
    """Return a filled-in mapping; raises BadForm."""
    return read_form(data, MappingForm, "mapping")


def read_entered(data: bytes) -> EnteredClaim:
    """Return a filled-in claim; raises BadForm."""
    return read_form(data, EnteredClaim, "claim")


def mapping_form(columns: Sequence[SuggestedColumn], supplier: str = "") -> str:
    """Return a mapping to be filled in: what the columns seem to mean, and some of their cells."""
    lines = [
        f"# Each column means one of: {', '.join(MEANINGS)}.",
        f"supplier: {_text(supplier)}  # whose statements these are, such as SUP-2026-000001",
        'decimal: ""  # . or , where the figures do not show it',
        'date_order: ""  # dmy or mdy, where days with slashes do not show it',
        'currency: ""  # such as EUR, where the file names none',
        "columns:",
    ]
    for column in columns:
        samples = " | ".join(filter(None, column.samples))
        lines.append(f"  - heading: {_text(column.heading)}  # {_comment(samples)}")
        lines.append(f"    means: {_text(column.meaning)}")
    return "\n".join(lines) + "\n"


def claim_form(suggestion: ClaimSuggestion) -> str:
    """Return a claim to be filled in: what was found, and where."""
    found = {field.name: field for field in suggestion.fields}
    lines = [f"# {_comment(suggestion.why)}"]
    for name in FACTS:
        field = found.get(name)
        hint = field.where if field else HINTS.get(name, "")
        value = field.value if field else "invoice" if name == "kind" else ""
        lines.append(f"{name}: {_text(value)}  # {_comment(hint)}".rstrip(" #"))
    more = [field for field in suggestion.fields if field.name not in FACTS]
    lines += [f"# {field.name}: {_comment(field.value)}, {field.where}" for field in more]
    lines.append("lines:")
    lines += _lines(suggestion)
    return "\n".join(lines) + "\n"


def _lines(suggestion: ClaimSuggestion) -> Iterator[str]:
    told = [
        (
            line.description,
            quantity_text(line.quantity_e4),
            line.unit,
            price_text(line.price_e6),
            line.net.text,
            f"{line.tax_rate_e4 // 100}.{line.tax_rate_e4 % 100:02}",
            line.work_reference,
        )
        for line in suggestion.lines
    ]
    names = ("description", "quantity", "unit", "price", "net", "tax_rate", "work")
    blank = ("", "", "", "", "", "", "")
    for values in told or [blank]:
        for at, (name, value) in enumerate(zip(names, values, strict=True)):
            yield f"  {'- ' if at == 0 else '  '}{name}: {_text(value)}"


def _text(value: str) -> str:
    """Return text as a scalar that YAML and JSON read alike."""
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
