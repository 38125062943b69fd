"""The story cut into acts, each to be played from the books before it and broken anywhere."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from queue import Queue
from shutil import copytree, rmtree
from typing import Any
from uuid import uuid4

from tests.faults.dump import differences
from tests.faults.zygote import ENDED, Zygote

Problems = dict[int, list[str]]
"""What was wrong after an end at each boundary where anything was."""
ACTS = {
    name: number
    for number, name in enumerate(
        ("company", "onboarding", "contracting", "work", "claims", "match", "payment", "filing")
    )
}


class Line:
    """Installations before and after each act, and the processes that play in copies of them."""

    def __init__(self, folder: Path, zygotes: list[Zygote]) -> None:
        self.folder = folder
        self._count = len(zygotes)
        self._free: Queue[Zygote] = Queue()
        for zygote in zygotes:
            self._free.put(zygote)

    def ask(self, task: str, home: Path, **given: Any) -> Any:  # noqa: ANN401 - as the task.
        """Let a process do a task with an installation."""
        zygote = self._free.get()
        try:
            return zygote.ask(task, home=str(home), **given)
        finally:
            self._free.put(zygote)

    @cached_property
    def before(self) -> list[Path]:
        """The installations before each act, and at last the one after all of them."""
        home = self.folder / "before-0"
        self.ask("found", home)
        homes = [home]
        for act in ACTS.values():
            homes.append(self.copy(homes[-1]))
            self.ask("play", homes[-1], act=act)
        return homes

    def copy(self, home: Path) -> Path:
        """Return a copy of an installation; addresses in it are of its own folder."""
        return Path(copytree(home, self.folder / uuid4().hex))

    def recorded(self, act: int) -> dict[str, Any]:
        """Return how many boundaries an act has, and the last one of each state of the disk."""
        home = self.copy(self.before[act])
        try:
            return dict(self.ask("record", home, act=act))
        finally:
            rmtree(home)

    def broken_at(self, act: int, boundaries: Iterable[int], flaw: str = "") -> Problems:
        """End an act at each boundary, play it again, and compare with the undisturbed act."""
        expected = self._undisturbed(act, flaw)
        at = list(boundaries)
        with ThreadPoolExecutor(self._count) as pool:
            found = pool.map(lambda one: self._ended(act, [one], flaw, expected), at)
        return {one: problems for one, problems in zip(at, found, strict=True) if problems}

    def ended_often(self, act: int, boundaries: list[int]) -> list[str]:
        """End an act again and again, also while it recovers; say what is wrong at last."""
        return self._ended(act, boundaries, "", self._undisturbed(act, ""))

    def _undisturbed(self, act: int, flaw: str) -> dict[str, list[str]]:
        if not flaw:
            return self._look(self.before[act + 1])["dump"]
        home = self.copy(self.before[act])
        self.ask("play", home, act=act, flaw=flaw)
        return self._look(home)["dump"]

    def _ended(
        self, act: int, boundaries: list[int], flaw: str, expected: dict[str, list[str]]
    ) -> list[str]:
        home = self.copy(self.before[act])
        try:
            for one in boundaries:
                ended = self.ask("play", home, act=act, end_at=one, flaw=flaw)
                assert ended == ENDED or one != boundaries[0], f"boundary {one} was not reached"
            self.ask("play", home, act=act, flaw=flaw)
            found = self._look(home)
            return [*found["broken"], *differences(expected, found["dump"])]
        finally:
            rmtree(home)

    def _look(self, home: Path) -> dict[str, Any]:
        return dict(self.ask("look", home))
