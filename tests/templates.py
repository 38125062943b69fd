"""Keeps the templates that fork readers of untrusted bytes, and has them fork one more.

The caller of a limited child starts an interpreter, which imports what it reads with and is gone
after one input. That took a third of the time of tests that hand in files. A template serves any
number of inputs, each by a reader of its own under the same limits, so the next test may ask it
again. The tests of the child itself start theirs anew.
"""

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from tempfile import mkdtemp

from vendorops.gateways import child
from vendorops.gateways.child import Limits

MOST = 6
"""Templates kept by one process: each takes some fifty megabytes."""
started_anew = child._answers  # noqa: SLF001 - what this stands in for.
_Asked = tuple[str, Limits]
_FREE: list[tuple[_Asked, subprocess.Popen[bytes], bytes]] = []
"""Templates that wait, the one asked last at the end, with what they said of the machine."""
_OWNER = os.getpid()


def answers(name: str, groups: list[list[bytes]], limits: Limits) -> list[bytes]:
    """Return what a kept template says: what it lacks, then a line for each input."""
    if len(groups) != 1 or os.getpid() != _OWNER:
        return started_anew(name, groups, limits)
    template, greeting = _lent((name, limits))
    said = [_line(template, frame) for frame in _frames(groups[0])]
    if not greeting or not all(said):
        _end(template)
        return started_anew(name, groups, limits)  # It tells what is wrong.
    _FREE.append(((name, limits), template, greeting))
    while len(_FREE) > MOST:
        _end(_FREE.pop(0)[1])
    return [greeting, *said]


def _frames(group: list[bytes]) -> list[bytes]:
    return [child._framed(group), *[b""] * (len(group) - 1)]  # noqa: SLF001 - as the caller frames them.


def _line(template: subprocess.Popen[bytes], frame: bytes) -> bytes:
    """Write to a template and read a line of what it answers; empty where it has ended."""
    assert template.stdin
    assert template.stdout
    try:
        template.stdin.write(frame)
        template.stdin.flush()
    except BrokenPipeError:
        return b""
    return template.stdout.readline()


def _lent(asked: _Asked) -> tuple[subprocess.Popen[bytes], bytes]:
    """Take a template that waits for such inputs, or start one."""
    for kept in reversed(_FREE):
        if kept[0] == asked:
            _FREE.remove(kept)
            return kept[1], kept[2]
    name, limits = asked
    template = subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-X",
            "utf8",
            "-m",
            child.__name__,
            name,
            json.dumps(asdict(limits)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=mkdtemp(prefix="vendorops-child-"),
        env={},
        start_new_session=True,
    )
    return template, _line(template, b"")


def _end(template: subprocess.Popen[bytes]) -> None:
    """Let a template end as it does when there are no more inputs; it removes its folder."""
    assert template.stdin
    assert template.stdout
    with suppress(BrokenPipeError):
        template.stdin.close()
    template.stdout.close()
    template.wait()


def settle() -> None:
    """Have every file of this process read so."""
    child._answers = answers  # noqa: SLF001 - see above.


@atexit.register
def end_all() -> None:
    """End what is still kept; a fork of this process has none of its own."""
    while os.getpid() == _OWNER and _FREE:
        _end(_FREE.pop()[1])
