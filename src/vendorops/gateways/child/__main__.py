"""What runs in the child: a template that forks a limited reader for each input, or a few."""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, is_dataclass, replace
from importlib import import_module
from typing import IO, Any

from vendorops.domain.refusal import Refused
from vendorops.gateways.child.limits import (
    Limits,
    cut_network,
    leave_nothing,
    limit_memory,
    limit_rest,
)

Task = Callable[[bytes], Any]
CHUNK = 2**16
LENGTH_BYTES = 8
SHARE = 4
"""A group gets so small a part of the seconds of one input, as what is wrong in it comes again."""


def main(name: str, limits: Limits) -> None:
    """Serve every input on standard input; answer a line of JSON for each on standard output."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence()
    unprotected = [] if cut_network() else ["network"]
    module_name, _, function = name.partition(":")
    module = import_module(module_name)
    task = getattr(module, function)
    getattr(module, "prepare", nothing)()
    if not limit_memory(limits):
        unprotected.append("memory")
    tell(answers, line({"unprotected": unprotected}))
    inputs = sys.stdin.buffer
    while count := inputs.read(LENGTH_BYTES):
        group = [
            inputs.read(int.from_bytes(inputs.read(LENGTH_BYTES), "big"))
            for _ in range(int.from_bytes(count, "big"))
        ]
        for said in outcomes(task, group, limits):
            tell(answers, said)


def nothing() -> None:
    """Prepare nothing: most tasks are ready once they are imported."""


def silence() -> None:
    """Point standard output at nothing: what a library prints is not an answer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def line(what: dict[str, Any]) -> bytes:
    """Return JSON without a line break."""
    return json.dumps(what).encode()


def tell(answers: IO[bytes], said: bytes) -> None:
    """Write one line."""
    answers.write(said + b"\n")
    answers.flush()


def outcomes(task: Task, group: list[bytes], limits: Limits) -> list[bytes]:
    """Return, in a line each, what became of each input of a group that one reader may read.

    Where anything happens to that reader, each input is read again by a process of its own.
    """
    return together(task, group, limits) or [line(outcome(task, each, limits)) for each in group]


def together(task: Task, group: list[bytes], limits: Limits) -> list[bytes]:
    """Have a group read by one process in a part of the time; nothing unless all is well."""
    if len(group) == 1:
        return []
    brief = replace(
        limits,
        wall_seconds=max(1, limits.wall_seconds // SHARE),
        cpu_seconds=max(1, limits.cpu_seconds // SHARE),
    )
    said, failed = heard(task, group, brief)
    lines = said.split(b"\n")
    well = not failed and len(lines) == len(group)
    return lines if well and not any("failed" in understood(each) for each in lines) else []


def outcome(task: Task, data: bytes, limits: Limits) -> dict[str, Any]:
    """Have one input read by a process of its own and return what became of it."""
    said, failed = heard(task, [data], limits)
    return failed or understood(said)


def heard(task: Task, datas: list[bytes], limits: Limits) -> tuple[bytes, dict[str, Any]]:
    """Return what a reader says of its inputs, a line for each, or what became of the reader."""
    read_end, write_end = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(read_end)
        be_reader(task, datas, limits, write_end)
    os.close(write_end)
    said, failed = listen(read_end, limits)
    os.close(read_end)
    if failed:
        os.kill(reader, signal.SIGKILL)
    _, status = os.waitpid(reader, 0)
    if failed:
        return b"", {"failed": failed}
    if os.WIFSIGNALED(status):
        return b"", died_of(signal.Signals(os.WTERMSIG(status)))
    return said, {}


def listen(read_end: int, limits: Limits) -> tuple[bytes, str]:
    """Return what a reader says, and which limit it broke, if any."""
    deadline = time.monotonic() + limits.wall_seconds
    said = bytearray()
    while True:
        ready, _, _ = select.select([read_end], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            return b"", "time-limit"
        chunk = os.read(read_end, CHUNK)
        if not chunk:
            return bytes(said), ""
        said += chunk
        if len(said) > limits.answer_bytes:
            return b"", "answer-limit"


def died_of(cause: signal.Signals) -> dict[str, Any]:
    """Name the limit that a signal stands for; any other signal is a crash."""
    if cause == signal.SIGXCPU:
        return {"failed": "cpu-limit"}
    return {"failed": "crash", "detail": cause.name}


def understood(said: bytes) -> dict[str, Any]:
    """Return a reader's answer; one cut off or forged into something else is a crash."""
    try:
        answer = json.loads(said)
    except (ValueError, RecursionError):
        answer = None
    return answer if isinstance(answer, dict) else {"failed": "crash", "detail": "no answer"}


def be_reader(task: Task, datas: list[bytes], limits: Limits, write_end: int) -> None:
    """Read the inputs within the limits, answer over the pipe, and end: this never returns."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        limit_rest(limits)
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(b"\n".join(attempt(task, data) for data in datas))
    finally:
        os._exit(0)


def attempt(task: Task, data: bytes) -> bytes:
    """Return what the task makes of the input as JSON, whatever happens in it."""
    try:
        answer = task(data)
        if is_dataclass(answer) and not isinstance(answer, type):
            answer = asdict(answer)
        return json.dumps({"answer": answer}).encode()
    except Refused as refusal:
        return json.dumps({"refused": str(refusal)}).encode()
    except MemoryError:
        return b'{"failed": "memory-limit"}'
    except BaseException as error:  # noqa: BLE001 - whatever a parser raises is an answer here.
        # The name only: the words of the exception may quote the document.
        return json.dumps({"failed": "broken", "detail": type(error).__name__}).encode()


if __name__ == "__main__":
    try:
        main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
    finally:
        leave_nothing()
