"""The story cut into acts, each to be played from the books before it and broken anywhere."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from queue import Queue
from shutil import copytree, rmtree
from typing import Any
from uuid import uuid4

from tests.faults.claiming import CLAIMING
from tests.faults.dump import Dump, differences
from tests.faults.funds import FUNDS
from tests.faults.paying import PAYING
from tests.faults.running import RUNNING
from tests.faults.zygote import ENDED, Zygote

Act = int | str
"""The number of an act of the story, or the name of one about agreements."""
Problems = dict[int, list[str]]
"""What was wrong after an end at each boundary where anything was."""
ACTS = {
    name: number
    for number, name in enumerate(
        (
            *("company", "onboarding", "contracting", "amending"),
            *("work", "claims", "match", "payment", "changing", "filing"),
        )
    )
}


ALONE = {
    "billed": "billable",
    "adjusted": "adjustable",
    "disputed": "disputable",
    "returned": "returnable",
    "earned": "earnable",
}
"""Acts that begin in an installation of their own, and what is played there before."""


CHAINS = {"claiming": CLAIMING, "funds": FUNDS, "paying": PAYING, "running": RUNNING}
"""Acts of installations of their own, each beginning where the one before has ended."""


def _chain_of(act: Act) -> str:
    return next((name for name, acts in CHAINS.items() if act in acts), "")


class Line:
    """Installations before and after each act, and the processes that play in copies of them."""

    def __init__(self, folder: Path, zygotes: list[Zygote]) -> None:
        self.folder = folder
        self._count = len(zygotes)
        self._free: Queue[Zygote] = Queue()
        self._dumps: dict[Path, Dump] = {}
        self._chains: dict[str, dict[str, Path]] = {}
        for zygote in zygotes:
            self._free.put(zygote)

    def ask(self, task: str, home: Path, **given: Any) -> Any:
        """Let a process do a task with an installation."""
        zygote = self._free.get()
        try:
            return zygote.ask(task, home=str(home), **given)
        finally:
            self._free.put(zygote)

    @contextmanager
    def both(self) -> Iterator[tuple[Zygote, ...]]:
        """Lend all processes at once."""
        zygotes = tuple(self._free.get() for _ in range(self._count))
        try:
            yield zygotes
        finally:
            for zygote in zygotes:
                self._free.put(zygote)

    @property
    def before(self) -> list[Path]:
        """The installations before each act, and at last the one after all of them."""
        return self._played[0]

    @property
    def boundaries(self) -> list[int]:
        """How many boundaries each act has."""
        return self._played[1]

    @cached_property
    def _played(self) -> tuple[list[Path], list[int]]:
        homes, boundaries = [self.folder / "before"], []
        self.ask("found", homes[0])
        for act in ACTS.values():
            homes.append(self.copy(homes[-1]))
            boundaries.append(int(self.ask("play", homes[-1], act=act)))
        return homes, boundaries

    @cached_property
    def _prepared(self) -> dict[str, Path]:
        """The installations before the acts that the story does not play."""
        drafted = self.copy(self.before[ACTS["contracting"]])
        self.ask("play", drafted, act="drafting")
        incoming = self.before[ACTS["claims"]]
        last = self.before[-1]
        told = dict.fromkeys(("ending", "banking", "statements"), last)
        return {"negotiating": drafted, "incoming": incoming, **told}

    def _apart(self, name: str) -> dict[str, Path]:
        """The installations before each act of a chain, each where the last one ended.

        The story has nothing to do with it. By no name, the one after all of them.
        """
        if name not in self._chains:
            before, home = {}, self.folder / name
            self.ask("found", home)
            for act in CHAINS[name]:
                before[act] = home
                home = self.copy(home)
                self.ask("play", home, act=act)
            self._chains[name] = {**before, "": home}
        return self._chains[name]

    def place_of(self, act: Act) -> Path:
        """Return the installation before an act."""
        if act in ALONE:
            return self._alone[ALONE[str(act)]]
        if isinstance(act, int):
            return self.before[act]
        chain = _chain_of(act)
        return self._apart(chain)[act] if chain else self._prepared[act]

    @cached_property
    def _alone(self) -> dict[str, Path]:
        """Installations of their own, which the story has nothing to do with."""
        homes = {act: self.folder / act for act in ALONE.values()}
        for act, home in homes.items():
            self.ask("found", home)
            self.ask("play", home, act=act)
        return homes

    def copy(self, home: Path) -> Path:
        """Return a copy of an installation in a folder of its own."""
        return Path(copytree(home, self.folder / uuid4().hex))

    def states(self, act: Act, flaw: str = "") -> list[int]:
        """Return one boundary for each state in which the end of an act may leave the disk.

        Where an end leaves the same bytes as the boundary before, what follows is the same too.
        """
        home = self.copy(self.place_of(act))
        try:
            return list(self.ask("record", home, act=act, flaw=flaw))
        finally:
            rmtree(home)

    def broken_at(self, act: Act, boundaries: Iterable[int], flaw: str = "") -> Problems:
        """End an act at each boundary, play it again, and compare with the undisturbed act."""
        expected = self.undisturbed(act, flaw)
        at = list(boundaries)
        with ThreadPoolExecutor(self._count) as pool:
            found = pool.map(lambda one: self._ended(act, one, flaw, expected), at)
        return {one: problems for one, problems in zip(at, found, strict=True) if problems}

    def first_broken(self, act: Act, boundaries: Iterable[int], flaw: str) -> list[str]:
        """End an act with a flaw at one boundary after the other, until that shows."""
        expected = self.undisturbed(act, flaw)
        ended = (self._ended(act, one, flaw, expected) for one in boundaries)
        return next(filter(None, ended), [])

    def ended_often(self, ends: Iterable[Sequence[int]]) -> tuple[int, list[str]]:
        """Tell the story, each act ended at its boundaries one after the other, then finished.

        Our company signs with the certificate it has in the other story: one made anew would have
        another key. Return how often it was ended, and what is wrong at last.
        """
        home = self.copy(self.before[0])
        copytree(self.before[1] / "signing", home / "signing")
        ended = 0
        for act, boundaries in enumerate(ends):
            plays = [self.ask("play", home, act=act, end_at=one) for one in (*boundaries, 0)]
            ended += plays.count(ENDED)
        return ended, self.problems(home, self.dump(self.before[-1]))

    def problems(self, home: Path, expected: Dump, database: str = "") -> list[str]:
        """Return broken invariants of an installation, and how its books differ from others."""
        found = self._look(home, database)
        return [*found["broken"], *differences(expected, found["dump"])]

    def undisturbed(self, act: Act, flaw: str = "") -> Dump:
        """Return the books after an act that nothing ended, written down."""
        if not flaw and isinstance(act, int):
            return self.dump(self.before[act + 1])
        chain = "" if flaw else _chain_of(act)
        if chain:
            homes = [*self._apart(chain).values()]
            return self.dump(homes[list(CHAINS[chain]).index(str(act)) + 1])
        home = self.copy(self.place_of(act))
        self.ask("play", home, act=act, flaw=flaw)
        return self.dump(home)

    def dump(self, home: Path) -> Dump:
        """Return the books of an installation, written down; those between acts never change."""
        if home not in self._dumps:
            self._dumps[home] = Dump(self._look(home)["dump"])
        return self._dumps[home]

    def _ended(self, act: Act, boundary: int, flaw: str, expected: Dump) -> list[str]:
        home = self.copy(self.place_of(act))
        try:
            ended = self.ask("play", home, act=act, end_at=boundary, flaw=flaw)
            assert ended == ENDED, f"boundary {boundary} was not reached"
            self.ask("play", home, act=act, flaw=flaw)
            return self.problems(home, expected)
        finally:
            rmtree(home)

    def _look(self, home: Path, database: str = "") -> dict[str, Any]:
        return dict(self.ask("look", home, database=database))
