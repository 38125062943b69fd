"""What every stage offers, and where the stages are found."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, cast

from vendorops.books import Books
from vendorops.registry import member, members
from vendorops.tables import Row


class Step(Enum):
    """What became of a row in one step."""

    AGAIN = "again"
    """It went on, and this stage may have more to do with it."""
    DONE = "done"
    """It went on, and this stage has no more to do with it now."""
    WAITING = "waiting"
    """It cannot go on before a person has answered."""


class Stage(Protocol):
    """What a module of this folder offers; the module itself is the stage.

    It may also offer `figures(books)`, rows of references and amounts for the run's report, and
    OWNER, the role that sees to what it refuses (a buyer does unless it says so), and
    `at_hand(books, idents)`, the rows that advancing many will ask for, read in few statements.
    One that works by sets offers `partitions(books, idents)`, groups of rows, and
    `advance_together(books, idents)`, which takes the one step of a whole group.
    """

    SUBJECT: type[Row]
    """The table whose rows it advances."""

    def ready(self, books: Books) -> list[int]:
        """Return the rows this stage can work on, in the order it would."""
        ...

    def advance(self, books: Books, ident: int) -> Step:
        """Take one step with one row, or find that it waits for a person. May refuse."""
        ...


@dataclass
class Outcome:
    """What became of the rows a stage worked on, by their references."""

    advanced: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Reference and reason."""

    def add(self, other: "Outcome") -> None:
        """Take in what another batch came to."""
        self.advanced += other.advanced
        self.waiting += other.waiting
        self.refused += other.refused


def stage(name: str) -> Stage:
    """Return one stage."""
    return cast("Stage", member(sys.modules["vendorops.stages"], name))


def figures(name: str, books: Books) -> list[Mapping[str, str]]:
    """Return what a finance person reads of a stage's work; nothing of stages that have none."""
    told: Callable[[Books], list[Mapping[str, str]]] | None
    told = getattr(stage(name), "figures", None)
    return told(books) if told else []


def names() -> list[str]:
    """Return the names of all stages."""
    return list(members(sys.modules["vendorops.stages"]))
