"""Acts ended on PostgreSQL, each time in a copy of the database before it."""

from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple
from uuid import uuid4

from tests.faults.dump import Dump
from tests.faults.line import Line, Problems
from tests.faults.zygote import ENDED
from tests.postgres import ask, created


class Place(NamedTuple):
    """An installation whose books a server keeps."""

    home: Path
    name: str
    """Of its database."""


class Grown:
    """Installations before some acts that follow one another, and what their ends leave."""

    def __init__(self, line: Line, server: str, migrated: str, acts: Iterable[str]) -> None:
        self.line = line
        self._server = server
        self._before: dict[str, Place] = {}
        place = Place(line.folder / f"grown-{uuid4().hex}", created(server, migrated))
        line.ask("found", place.home, database=self._at(place))
        for act in acts:
            self._before[act] = place
            place = self._copy(place)
            line.ask("play", place.home, act=act, database=self._at(place))

    def commits(self, act: str) -> list[int]:
        """Return one boundary for each state that the end of an act may leave."""
        place = self._copy(self._before[act])
        try:
            said = self.line.ask("record_commits", place.home, act=act, database=self._at(place))
            return list(said)
        finally:
            self._drop(place)

    def broken_at(self, act: str, boundaries: Iterable[int]) -> Problems:
        """End an act at each boundary, play it again, and compare with the undisturbed act."""
        place = self._copy(self._before[act])
        self.line.ask("play", place.home, act=act, database=self._at(place))
        expected = Dump(self.line.ask("look", place.home, database=self._at(place))["dump"])
        self._drop(place)
        found = {one: self._ended(act, one, expected) for one in boundaries}
        return {one: problems for one, problems in found.items() if problems}

    def _ended(self, act: str, boundary: int, expected: Dump) -> list[str]:
        place = self._copy(self._before[act])
        there = {"act": act, "database": self._at(place)}
        try:
            ended = self.line.ask("play", place.home, end_at=boundary, **there)
            assert ended == ENDED, f"boundary {boundary} was not reached"
            self.line.ask("play", place.home, **there)
            return self.line.problems(place.home, expected, self._at(place))
        finally:
            self._drop(place)

    def _copy(self, place: Place) -> Place:
        return Place(self.line.copy(place.home), created(self._server, place.name))

    def _drop(self, place: Place) -> None:
        rmtree(place.home)
        ask(self._server, f"DROP DATABASE {place.name} WITH (FORCE)")

    def _at(self, place: Place) -> str:
        return self._server.format(name=place.name)
