"""Counts the moments at which a process can be ended: statements, commits and changes of files."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

CHANGES_A_FILE = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"}
INDEX_HEAD = 48
"""Bytes in which the index of a write-ahead log tells its last commit, by SQLite's file format."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(home: Path, reached: Callable[[int], None]) -> None:
    """Call `reached` with the number of each boundary, from one, for the rest of this process."""
    count = 0

    def cross(*_whatever: object) -> None:
        nonlocal count
        count += 1
        reached(count)

    def audited(name: str, arguments: tuple[object, ...]) -> None:
        if _changes_files(name, arguments) and _below(home, arguments[0]):
            cross(name)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
        event.listen(Engine, name, cross)
    event.listen(Session, "after_commit", cross)
    sys.addaudithook(audited)
    os.fsync = _then(os.fsync, cross)  # type: ignore[assignment]  # as it is called here.


def _changes_files(name: str, arguments: tuple[object, ...]) -> bool:
    if name == "open":
        _, mode, flags = arguments
        return bool(set(str(mode or "")) & set("wax+")) or bool(int(str(flags or 0)) & WRITING)
    return name in CHANGES_A_FILE


def _below(home: Path, path: object) -> bool:
    return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(home))


def _then(function: Callable[[int], None], cross: Callable[[], None]) -> Callable[[int], None]:
    def crossing(descriptor: int) -> None:
        function(descriptor)
        cross()

    return crossing


class Count:
    """Counts boundaries; at the chosen one the process ends without a chance to tidy up."""

    def __init__(self, end_at: int) -> None:
        self.so_far = 0
        self._end_at = end_at

    def reached(self, count: int) -> None:
        """Take note of a boundary."""
        self.so_far = count
        if count == self._end_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Recorder:
    """Notes what lies on the disk at each boundary: what an end at that moment would leave."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.states: list[int] = []
        self._known: dict[Path, tuple[object, int]] = {}

    def reached(self, _count: int) -> None:
        """Note the state of the folder."""
        self.states.append(hash(tuple(self._seen())))

    def _seen(self) -> list[tuple[str, object]]:
        return [(str(path), self._content(path)) for path in sorted(self.home.rglob("*"))]

    def _content(self, path: Path) -> object:
        """Return what an end would leave of a file; of others than the database the size.

        They never change. What was committed since the database was last written itself stands
        in its log up to where the head of the log's index says.
        """
        if path.name.endswith("-shm"):
            return path.read_bytes()[:INDEX_HEAD]
        if path.name.endswith("-wal"):
            return path.exists()
        if path.name == "books.db":
            return self._hashed(path)
        return path.stat().st_size if path.is_file() else None

    def _hashed(self, path: Path) -> int:
        """Return a hash of the bytes, computed anew where the file was written to."""
        seen = path.stat()
        written = (seen.st_mtime_ns, seen.st_size)
        known = self._known.get(path)
        if known is None or known[0] != written:
            known = self._known[path] = (written, hash(path.read_bytes()))
        return known[1]

    def last_of_each(self) -> list[int]:
        """Return the last boundary of every stretch in which nothing on the disk changed."""
        after = [*self.states[1:], None]
        pairs = enumerate(zip(self.states, after, strict=True), start=1)
        return [number for number, (state, following) in pairs if state != following]


class Commits(Recorder):
    """Notes the same where a server keeps the books: what it acknowledged, and the files.

    Of a transaction that is not committed a server leaves nothing, whenever its client ends.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._committed = 0

    def count(self) -> None:
        """Count commits; asked for after `watch`, so that each is counted after its boundary."""
        event.listen(Engine, "commit", self._commits)

    def reached(self, _count: int) -> None:
        """Note how much is committed; of what is about to be, the next boundary tells."""
        self.states.append(hash((self._committed, tuple(self._seen()))))

    def _commits(self, _connection: object) -> None:
        self._committed += 1
