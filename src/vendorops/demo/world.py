"""Where a story takes place: an installation, people who act, something that runs stages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Protocol

from vendorops.books import Books, Terms, open_books
from vendorops.settings import Settings
from vendorops.stages import sweep


class World(Protocol):
    """What the story asks of its surroundings."""

    def act(self, actor: str, day: date) -> AbstractContextManager[Books]:
        """Open the books for one act of a person on a day."""
        ...

    def run(self, stage: str, day: date) -> None:
        """Run a stage as the schedule would."""
        ...


@dataclass(frozen=True)
class PlainWorld:
    """Runs stages directly, in this process; the Prefect world differs in `run` alone."""

    settings: Settings
    now: Callable[[], datetime]

    def act(self, actor: str, day: date) -> AbstractContextManager[Books]:
        return open_books(self.settings, Terms(day, actor, self.now))

    def run(self, stage: str, day: date) -> None:
        terms = Terms(day, f"system:{stage}", self.now)
        sweep(stage, partial(open_books, self.settings, terms))
