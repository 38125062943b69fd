"""Reads untrusted bytes in a child that can neither hang, nor fill the machine, nor call out.

Three processes take part. The caller starts a template: a fresh interpreter with an empty
environment, an empty folder and, where the machine allows it, no network. The template imports
the task, lets its module `prepare` what readers share, and never looks at the bytes. For each
input it forks a reader with limits of its own, which answers over a pipe and is gone. What becomes
of one input cannot touch the next.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import Any

from vendorops.domain.refusal import Refused, Unsafe
from vendorops.gateways.child.limits import LIMITS, Limits

__all__ = [
    "LIMITS",
    "Limits",
    "NoChildError",
    "Quarantined",
    "run_limited",
    "run_limited_many",
    "unprotected",
]

Answer = dict[str, Any]
Task = Callable[[bytes], Any]
"""A function of a module that turns bytes into a dictionary for JSON, or a dataclass of such."""

SERIES, SERIES_BYTES = 2500, 64 * 2**20
"""Inputs served by one template, and their bytes beyond which it gets no further one, so that no
more than these are held in memory at once."""
TOGETHER, TOGETHER_BYTES = 250, 4 * 2**20
"""Harmless inputs that one reader reads at most, and their bytes beyond which it gets no further
one; to fork one costs as much as reading twenty."""
STARTING_SECONDS = 60
"""How long a template may take to import its task, on a busy machine."""

REASONS = {
    "time-limit": "took longer than {limits.wall_seconds} seconds to read",
    "cpu-limit": "took more than {limits.cpu_seconds} seconds of computing to read",
    "memory-limit": "wants more memory than a file of its kind needs",
    "answer-limit": "says more than a file of its kind can say",
    "crash": "broke the program that read it",
    "broken": "cannot be understood",
}


def never(_data: bytes) -> bool:
    """Take no input for harmless: each is read by a reader of its own."""
    return False


class Quarantined(Unsafe):
    """The bytes cannot be read safely: they are set aside, and the reason is one of REASONS."""

    def __init__(self, reason: str, detail: str, limits: Limits) -> None:
        self.reason = reason
        what = REASONS[reason].format(limits=limits)
        shown = f"{reason}: {detail}" if detail else reason
        super().__init__(
            f"the file {what} ({shown}) and was set aside; ask its sender for a fresh export"
        )


class NoChildError(OSError):
    """The template itself could not start or was ended: an outage, or a defect in the task."""


def run_limited(task: Task, data: bytes, limits: Limits = LIMITS) -> Answer:
    """Return what a task makes of some bytes, or refuse.

    The task is a function, so that no text from outside can ever name one. Refused is raised
    with the task's own sentence where the task refused, else Quarantined.
    """
    (outcome,) = run_limited_many(task, [data], limits)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def run_limited_many(
    task: Task,
    datas: Iterable[bytes],
    limits: Limits = LIMITS,
    harmless: Callable[[bytes], bool] = never,
) -> Iterator[Answer | Refused]:
    """Yield the answer or the refusal for each of many inputs, in their order.

    Costs one start of the interpreter for each SERIES of inputs instead of one for each. Inputs
    that are harmless by a cheap look and follow one another are read by one reader, because
    forking costs more than reading them; where it fails, each is read again alone.
    """
    name = _name(task)
    for series in _series(datas):
        lines = _answers(name, _grouped(series, harmless), limits)
        if len(lines) != len(series) + 1:
            raise NoChildError(f"{name} answered {len(lines) - 1} of {len(series)} inputs")
        for line in lines[1:]:
            yield _outcome(json.loads(line), limits)


def _series(datas: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut inputs into what is handed to one template."""
    series: list[bytes] = []
    size = 0
    for data in datas:
        series.append(data)
        size += len(data)
        if len(series) == SERIES or size >= SERIES_BYTES:
            yield series
            series, size = [], 0
    if series:
        yield series


def _grouped(series: list[bytes], harmless: Callable[[bytes], bool]) -> list[list[bytes]]:
    """Put harmless inputs that follow one another together; any other one stays alone."""
    groups: list[list[bytes]] = []
    room = 0
    for data in series:
        now = harmless(data)
        if now and room > 0 and len(groups[-1]) < TOGETHER:
            groups[-1].append(data)
        else:
            groups.append([data])
            room = TOGETHER_BYTES if now else 0
        room -= len(data)
    return groups


def unprotected() -> list[str]:
    """Return which protections this machine does not give: none, `memory` or `network`."""
    lines = _answers(_name(nothing), [], LIMITS)
    return list(json.loads(lines[0])["unprotected"])


def nothing(_data: bytes) -> Answer:
    """Read nothing: the task with which a machine's protections are looked at."""
    return {}


def _name(task: Task) -> str:
    found = getattr(sys.modules[task.__module__], task.__name__, None)
    if found is not task:
        raise TypeError(f"{task!r} is not a function of a module, so a child cannot import it")
    return f"{task.__module__}:{task.__name__}"


def _answers(name: str, groups: list[list[bytes]], limits: Limits) -> list[bytes]:
    """Start a template, hand it the inputs, and return its lines: what it lacks, then answers."""
    frames = b"".join(_framed(group) for group in groups)
    seconds = STARTING_SECONDS + (limits.wall_seconds + 1) * sum(map(len, groups)) * 2
    with TemporaryDirectory(prefix="vendorops-child-") as empty:
        template = subprocess.Popen(  # noqa: S603 - our own module, arguments from our own code.
            [sys.executable, "-I", "-X", "utf8", "-m", __name__, name, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=empty,
            env={},
            start_new_session=True,
        )
        with template:
            try:
                answers, complaints = template.communicate(frames, timeout=seconds)
            except subprocess.TimeoutExpired as error:
                raise NoChildError(f"{name} did not end within {seconds} seconds") from error
            finally:
                _end_all(template)
    if template.returncode:
        last = complaints.decode(errors="replace").strip().rpartition("\n")[2]
        raise NoChildError(f"{name} ended with {template.returncode}: {last}")
    return answers.splitlines()


def _framed(group: list[bytes]) -> bytes:
    """Write how many inputs there are, and each with its length."""
    lengths = (part for data in group for part in (len(data).to_bytes(8, "big"), data))
    return len(group).to_bytes(8, "big") + b"".join(lengths)


def _end_all(template: subprocess.Popen[bytes]) -> None:
    """End the template and whatever it or a hostile reader started in its session."""
    try:
        os.killpg(template.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # All of them have ended by themselves, as they should.


def _outcome(said: dict[str, Any], limits: Limits) -> Answer | Refused:
    """Read one line; a reader taken over by its input may have written anything there."""
    if isinstance(said.get("answer"), dict):
        return dict(said["answer"])
    if isinstance(said.get("refused"), str):
        return Refused(said["refused"])
    failed = str(said.get("failed"))
    if failed not in REASONS:
        return Quarantined("crash", "no answer", limits)
    return Quarantined(failed, str(said.get("detail", ""))[:80], limits)
