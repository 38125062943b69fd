"""A process that has imported everything and forks one process for each task it is given.

It holds no database open and starts no thread, so what it forks starts as if afresh. Where many
tasks follow, it first has the statements of all stages and invariants written as SQL, once for
all that it forks.
"""

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]
ENDED = "ended by a signal"


class TaskBrokenError(Exception):
    """A task raised; the message is its traceback."""


class Zygote:
    """The near end: hands tasks over and waits for their answers, one at a time."""

    def __init__(self, *, many: bool = False, **environment: str) -> None:
        self._words = ["many"] if many else []
        self._environment = environment

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote", *self._words],
            cwd=ROOT,
            env={**os.environ, **self._environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _it: object, _where: TracebackType | None
    ) -> None:
        self._process.communicate()

    @property
    def process_id(self) -> int:
        """Of the process that forks."""
        return self._process.pid

    def ask(self, task: str, **given: Any) -> Any:
        """Return the answer of a task, or ENDED; raise what it raised."""
        self.start(task, **given)
        return self.answer()

    def start(self, task: str, **given: Any) -> None:
        """Let a task begin without waiting for it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([task, given]) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the task that was started."""
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        if "raised" in said:
            raise TaskBrokenError(said["raised"])
        return said["answer"]


def serve(*, many: bool) -> None:
    """Fork for each line that comes in; say what became of it."""
    from tests.faults.tasks import TASKS, prepare  # noqa: PLC0415 - only this side imports it all.

    if many:
        prepare()
    for line in sys.stdin:
        task, given = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _do(TASKS[task], given, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        ended = json.dumps({"answer": ENDED if os.WIFSIGNALED(status) else None}).encode()
        sys.stdout.write((answer or ended).decode() + "\n")
        sys.stdout.flush()


def _do(task: Any, given: dict[str, Any], writing: int) -> None:
    try:
        said = {"answer": task(**given)}
    except BaseException:  # noqa: BLE001 - told to the other end, which raises it.
        said = {"raised": traceback.format_exc()}
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(json.dumps(said).encode())
    os._exit(0)


if __name__ == "__main__":
    serve(many="many" in sys.argv)
