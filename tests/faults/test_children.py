"""Whoever is ended while claims are read leaves no process, no folder, and the same books.

That is the reader, the worker of rules, or who started both: in the ordinary run at one moment
drawn by lot, in a soak at forty.
"""

import os
import signal
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from tests.faults.zygote import ENDED, TaskBrokenError, Zygote

ACT = "printed"
SEED = 20261126
LONGEST = 3.0
"""Seconds within which somebody is ended, most of what the act takes."""
PATIENCE = 30
"""Seconds after which whoever still runs is held to be left behind."""
READER, RULES = "vendorops.gateways.child", "vendorops.gateways.rule_worker"


@pytest.fixture(scope="module")
def alone():
    """A zygote whose children make their folders where nobody else does."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="vendorops-alone-")))
        yield stack.enter_context(Zygote(many=True, TMPDIR=str(folder))), folder


def below(ancestor):
    """Return every process that descends from one, with its command line."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # It has ended meanwhile.
    found: dict[int, str] = {}
    todo = [ancestor]
    while todo:
        parent = todo.pop()
        todo += [child for child, of in parents.items() if of == parent]
        found |= {child: line_of(child) for child, of in parents.items() if of == parent}
    return found


def line_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def end_one(zygote, whose, seconds):
    """End one of those whose command line says so, the first that is there after some seconds."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if time.monotonic() - began >= seconds:
            for process, line in below(zygote.process_id).items():
                if whose in line:
                    os.kill(process, signal.SIGKILL)
                    return
        time.sleep(0.01)


def left_behind(zygote, folder, before):
    """Return processes and folders that are still there once all should have ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        running = [line for line in map(line_of, before) if READER in line or RULES in line]
        found = [*below(zygote.process_id).values(), *running, *folder.iterdir()]
        if not found:
            return []
        time.sleep(0.1)
    return found


def ended(line, alone, whose, seconds):
    """Play while somebody is ended, then again; return what is wrong with the books after it."""
    zygote, folder = alone
    home = line.copy(line.place_of(ACT))
    seen: dict[int, str] = {}
    ending = Thread(target=end_one, args=(zygote, whose, seconds))
    zygote.start("play", home=str(home), act=ACT)
    ending.start()
    while ending.is_alive():
        seen |= below(zygote.process_id)
        time.sleep(0.02)
    try:
        told = zygote.answer()
    except TaskBrokenError as broken:
        if "NoChildError" not in str(broken):
            raise
        told = ENDED  # An outage: whoever runs it tries again.
    wrong = left_behind(zygote, folder, seen)
    if told == ENDED:
        zygote.ask("play", home=str(home), act=ACT)
    return [*map(str, wrong), *line.problems(home, line.undisturbed(ACT))]


@pytest.mark.parametrize("whose", [READER, RULES, "tests.faults.zygote"])
def test_who_is_ended_at_a_moment_drawn_by_lot_leaves_nothing_behind(line, alone, whose):
    assert ended(line, alone, whose, Random(SEED).uniform(0, LONGEST)) == []


@pytest.mark.soak
@pytest.mark.parametrize("whose", [READER, RULES, "tests.faults.zygote"])
def test_whoever_is_ended_at_many_moments_leaves_nothing_behind(line, alone, whose):
    lots = Random(SEED)
    moments = [lots.uniform(0, LONGEST) for _ in range(40)]

    found = {moment: ended(line, alone, whose, moment) for moment in moments}

    assert {moment: wrong for moment, wrong in found.items() if wrong} == {}
