"""Says what a run came to, in a table that a finance person can read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from prefect.artifacts import create_markdown_artifact

from vendorops.stages import Outcome

ROWS = 200
"""Lines shown of one kind; the books have them all."""


@dataclass
class Report:
    """What one stage, or a run of several, came to."""

    name: str
    subject: str
    """The table whose rows were worked on: `ServiceSheet`."""
    ready: int
    label: str = ""
    """The month or the day: `2026-10`."""
    outcome: Outcome = field(default_factory=Outcome)
    broken: list[str] = field(default_factory=list)
    """What was not expected, with the reference at which it was met."""
    parts: list["Report"] = field(default_factory=list)
    figures: list[Mapping[str, str]] = field(default_factory=list)
    """Rows of references and amounts, where the stage has them."""

    @classmethod
    def of(cls, name: str, label: str, parts: list["Report"]) -> Self:
        """Return the report of a run from those of its stages."""
        subjects = {part.subject for part in parts}
        subject = subjects.pop() if len(subjects) == 1 else "Case"
        total = cls(name, subject, sum(part.ready for part in parts), label, parts=parts)
        for part in parts:
            total.outcome.add(part.outcome)
            total.broken += part.broken
        return total

    @property
    def title(self) -> str:
        """The run's name: `reconciliation 2026-10 · 4 suppliers`."""
        return f"{self.name} {self.label} · {counted(self.ready, self.subject)}"

    @property
    def headline(self) -> str:
        """What became of the rows, as the name of a state: `5 done, 3 waiting for a decision`."""
        numbers = {
            "done": len(self.outcome.advanced),
            "waiting for a decision": len(self.outcome.waiting),
            "refused": len(self.outcome.refused),
        }
        said = [f"{number} {what}" for what, number in numbers.items() if number]
        return ", ".join(said) or "Nothing was ready"


def counted(number: int, table: str) -> str:
    """Return a count with its noun.

    >>> counted(2, "ServiceSheet"), counted(1, "Party"), counted(0, "Party")
    ('2 service sheets', '1 party', '0 parties')
    """
    noun = re.sub(r"(?<!^)(?=[A-Z])", " ", table).lower()
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun.removesuffix('y')}ies" if noun[-1] == "y" else f"{number:,} {noun}s"


def publish(report: Report) -> None:
    """Keep the table with the run in Prefect; a run that found nothing ready keeps none."""
    if report.ready:
        key = re.sub(r"[^a-z0-9]+", "-", f"{report.name} {report.label}".lower())
        create_markdown_artifact(markdown(report), key=key, description=report.headline)


def publish_table(
    key: str, title: str, heads: tuple[str, ...], rows: list[tuple[object, ...]]
) -> None:
    """Keep a table of its own with the run, under a key by which the newest is found."""
    text = "\n".join([f"# {title}\n", *_table(heads, rows)]) + "\n"
    create_markdown_artifact(text, key=key, description=title)


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    counts = [
        (part.name, *(len(rows) for rows in vars(part.outcome).values()))
        for part in report.parts
        if part.ready
    ]
    sections = [f"# {report.title}\n", *_table(("stage", "done", "waiting", "refused"), counts)]
    for part in report.parts:
        if part.figures:
            heads, rows = tuple(part.figures[0]), [tuple(row.values()) for row in part.figures]
            sections += [f"\n## {part.name.capitalize()} in figures\n", *_table(heads, rows)]
    if report.broken:
        sections += ["\n## Broken: for the operators\n", *(f"- {text}" for text in report.broken)]
    if report.outcome.refused:
        sections += ["\n## Refused: what to do\n"]
        sections += _table(("reference", "reason"), report.outcome.refused)
    if report.outcome.waiting:
        waiting = [(reference,) for reference in report.outcome.waiting]
        sections += ["\n## Waiting for a decision\n", *_table(("reference",), waiting)]
    return "\n".join(sections) + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [heads, ["---"] * len(heads), *cells[:ROWS]]
    more = len(cells) - ROWS
    return [f"| {' | '.join(line)} |" for line in lines] + ([f"\nand {more:,} more"] * (more > 0))
