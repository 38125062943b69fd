"""A document that suppliers of some kind must hold, for whom, since when, and what it stops."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STEPS = ("award", "start", "pay")
"""What a document that is missing, or no longer holds, may stop: a new approval or contract, work
on those days, payment."""
PROVES = ("identity", "account", "")
"""Whose number a document must show: the supplier's own, its account's, or one of its own."""


@dataclass(frozen=True)
class Serving:
    """As what a supplier serves us, as far as requirements ask."""

    program: str
    place: str
    """Where the work is done: whose law asks for documents."""
    party_kind: str
    """organization, person."""
    home: str
    """Where the supplier itself is registered."""


@dataclass(frozen=True)
class StatedFigure:
    """A figure that a document must state, such as the capital of its holder."""

    at_least: int
    """In whole major units."""
    unit: str
    """A currency."""


@dataclass(frozen=True)
class Requirement:
    """One document, asked of some suppliers in one place while a rule is in force."""

    kind: str
    place: str
    title: str
    programs: tuple[str, ...]
    party_kinds: tuple[str, ...]
    since: date
    blocks: tuple[str, ...]
    """Of STEPS: what stops without it."""
    cite: str
    until: date | None = None
    """First day on which it is no longer asked; none while that is not known."""
    home: str = "any"
    """`here`: asked of those registered in the place only; `abroad`: of all others only."""
    instead: tuple[str, ...] = ()
    """Kinds of documents that are as good."""
    renew_days: int = 60
    """How long before a document ends its renewal is opened."""
    term_months: int | None = None
    """The longest time such a document is given for."""
    proves: str = ""
    """Of PROVES: whose number it shows."""
    figures: Mapping[str, StatedFigure] = field(default_factory=dict, hash=False)
    sure: bool = True
    """False where the source could not be read: asked all the same, and marked."""

    @property
    def source(self) -> str:
        """What asks for it, as people read it; marked where nobody could read it."""
        return self.cite if self.sure else f"{self.cite}; unconfirmed"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of document that meets it."""
        return (self.kind, *self.instead)

    def asks(self, serving: Serving, day: date) -> bool:
        """Tell whether a supplier that serves us so must hold it on a day."""
        return (
            serving.place == self.place
            and serving.program in self.programs
            and serving.party_kind in self.party_kinds
            and self.since <= day
            and (self.until is None or day < self.until)
            and self.home in ("any", "here" if serving.home == self.place else "abroad")
        )

    def stops(self, step: str) -> bool:
        """Tell whether a step may not be taken without it."""
        return step in self.blocks
