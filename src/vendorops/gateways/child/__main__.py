"""What runs in the child: a template that forks one limited reader for each input."""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from importlib import import_module
from typing import IO, Any

from vendorops.domain.refusal import Refused
from vendorops.gateways.child.limits import Limits, cut_network, limit_memory, limit_rest

Task = Callable[[bytes], Any]
CHUNK = 2**16
LENGTH_BYTES = 8


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
    tell(answers, {"unprotected": unprotected})
    inputs = sys.stdin.buffer
    while length := inputs.read(LENGTH_BYTES):
        tell(answers, outcome(task, inputs.read(int.from_bytes(length, "big")), limits))


def nothing() -> None:
    """Prepare nothing: most tasks are ready once they are imported."""


def silence() -> None:
    """Point standard output at nothing: what a library prints is not an answer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def tell(answers: IO[bytes], what: dict[str, Any]) -> None:
    """Write one line."""
    answers.write(json.dumps(what).encode() + b"\n")
    answers.flush()


def outcome(task: Task, data: bytes, limits: Limits) -> dict[str, Any]:
    """Have one input read by a process of its own and return what became of it."""
    read_end, write_end = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(read_end)
        be_reader(task, data, limits, write_end)
    os.close(write_end)
    said, failed = listen(read_end, limits)
    os.close(read_end)
    if failed:
        os.kill(reader, signal.SIGKILL)
    _, status = os.waitpid(reader, 0)
    if failed:
        return {"failed": failed}
    if os.WIFSIGNALED(status):
        return died_of(signal.Signals(os.WTERMSIG(status)))
    return understood(said)


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


def be_reader(task: Task, data: bytes, limits: Limits, write_end: int) -> None:
    """Read one input within the limits, answer over the pipe, and end: this never returns."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        limit_rest(limits)
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(attempt(task, data))
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
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
