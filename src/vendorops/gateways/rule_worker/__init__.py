"""Has documents judged by official rules in worker processes, which end when they take too long.

A worker is started when it is first needed and kept, because compiling the rules takes a second.
Whoever asks waits for the answer; a worker that answers too late, or breaks, is ended and the
document is set aside. The next document gets a new worker.
"""

import atexit
import json
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

from vendorops.domain.refusal import Refused
from vendorops.gateways.child import LIMITS, Limits, NoChildError, Quarantined
from vendorops.rulesets import Sheet

WORKERS = max(1, os.cpu_count() or 1)
RULE_LIMITS = replace(LIMITS, memory_bytes=1536 * 2**20, wall_seconds=15)
"""For one document and all its rules; with the reader's own seconds a file ends within 20."""
COMPILING_SECONDS = 60
"""What a new worker may take to start and to compile, on a busy machine; no document waits."""
MEMORY_EXIT = 99
"""With which Saxon's runtime ends when it gets no more memory."""
CHUNK = 2**16

Said = list[dict[str, Any]]


class Worker:
    """One process with its compiled rules."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.folder: TemporaryDirectory[str] | None = None
        self.compiled: set[str] = set()

    def ask(self, sheets: Sequence[Sheet], xml: bytes, limits: Limits = RULE_LIMITS) -> Said:
        """Return what each stylesheet says of a document, in their order.

        A worker that was lost, whatever ended it, is asked once more as a new one. Raises
        Quarantined where the document is what ends it.
        """
        paths = [str(sheet.path) for sheet in sheets]
        try:
            return self._asked(paths, xml, limits)
        except Quarantined as refusal:
            if refusal.reason != "crash":
                raise
            return self._asked(paths, xml, limits)

    def _asked(self, paths: list[str], xml: bytes, limits: Limits) -> Said:
        process = self._started(limits)
        if not self.compiled.issuperset(paths):
            self._exchange(process, (paths, b""), replace(limits, wall_seconds=COMPILING_SECONDS))
            self.compiled.update(paths)
        return self._exchange(process, (paths, xml), limits)

    def _exchange(
        self, process: subprocess.Popen[bytes], asked: tuple[list[str], bytes], limits: Limits
    ) -> Said:
        """Ask and listen; a worker that was not heard to the end is ended."""
        paths, xml = asked
        try:
            answer = _exchanged(process, json.dumps(paths).encode() + b"\n" + xml, limits)
        except BrokenPipeError:
            answer = b""
        except BaseException:
            self.close()
            raise
        if answer:
            return list(json.loads(answer))
        code = process.wait()
        self.close()
        reason = "memory-limit" if code == MEMORY_EXIT else "crash"
        raise Quarantined(reason, f"rules, {code}", limits)

    def _started(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.folder = TemporaryDirectory(prefix="vendorops-rules-")
            self.process = subprocess.Popen(  # noqa: S603 - our own module.
                [sys.executable, "-I", "-X", "utf8", "-m", __name__, str(limits.memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # A runtime that breaks tells pages of addresses.
                cwd=self.folder.name,
                env={},
                start_new_session=True,
                bufsize=0,
            )
        return self.process

    def close(self) -> None:
        """End the process and forget what it had compiled."""
        process, folder = self.process, self.folder
        self.process, self.folder, self.compiled = None, None, set()
        if process is not None:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        if folder is not None:
            folder.cleanup()


def _exchanged(process: subprocess.Popen[bytes], frame: bytes, limits: Limits) -> bytes:
    """Write a document and return the one line of the answer; empty where the worker is gone."""
    deadline = time.monotonic() + limits.wall_seconds
    if process.stdin is None or process.stdout is None:
        raise NoChildError("a worker of rules has no pipes")
    view = memoryview(len(frame).to_bytes(8, "big") + frame)
    while view:
        view = view[process.stdin.write(view) :]
    said = bytearray()
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise Quarantined("time-limit", "rules", limits)
        chunk = os.read(process.stdout.fileno(), CHUNK)
        if not chunk:
            return b""
        said += chunk
        if len(said) > limits.answer_bytes:
            raise Quarantined("answer-limit", "rules", limits)
    return bytes(said)


class _Pool:
    """The workers of this process, lent one by one; a fork of it has a pool of its own."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.all = [Worker() for _ in range(WORKERS)]
        self.free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in reversed(self.all):
            self.free.put(worker)

    def close(self) -> None:
        if self.owner == os.getpid():
            for worker in self.all:
                worker.close()


_POOLS: list[_Pool] = []


def _pool() -> _Pool:
    if not _POOLS or _POOLS[-1].owner != os.getpid():
        _POOLS.append(_Pool())
        atexit.register(_POOLS[-1].close)
    return _POOLS[-1]


def close_workers() -> None:
    """End the workers of this process; the next document gets new ones."""
    _pool().close()


@contextmanager
def lent() -> Iterator[Worker]:
    """Lend a worker, the one used last first, for it has the rules compiled."""
    pool = _pool()
    worker = pool.free.get()
    try:
        yield worker
    finally:
        pool.free.put(worker)


def judged_by(sheets: Sequence[Sheet], xml: bytes) -> Said | Refused:
    """Return what rules say of a document, or why that cannot be known."""
    with lent() as worker:
        try:
            return worker.ask(sheets, xml)
        except Quarantined as refusal:
            return refusal
