"""Eight processes that all do one thing at the same moment, and what each of them came to.

The process that runs this module has imported everything and opens no database, so what it forks
starts as if afresh. All wait at a barrier, so that none is done before the last has begun.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from multiprocessing import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy.orm import configure_mappers

from vendorops.books import Books, Opener, Terms, open_books
from vendorops.books.migrate import head
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings
from vendorops.stages import acceptance, settlement, sweep
from vendorops.stages.settlement import sealing
from vendorops.tables import Settlement, WorkOrder
from vendorops.working import budgets

ROOT = Path(__file__).parents[2]
EIGHT = 8
AS_OF = date(2026, 11, 4)
DONE = "done"
TAKEN = 30_000
Round = tuple[str, list[int]]
"""What all eight do at once, and with which key each."""


def opener(settings: Settings, actor: str = "system:crowd") -> Opener:
    """Return what opens the books on a day whose clock stands still for everybody."""
    instant = datetime.combine(AS_OF, time(9), UTC)
    return partial(open_books, settings, Terms(AS_OF, actor, lambda: instant))


def gathered(settings: Settings, rounds: Sequence[Round]) -> list[list[str]]:
    """Let eight processes act, round after round; return what each was told in each."""
    asked = [str(settings.home), settings.database, json.dumps(rounds)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.crowd", *asked],
        check=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    told: list[list[str]] = json.loads(ran.stdout)
    return told


def take(books: Books, ident: int) -> None:
    """Take 300.00 off the budget of an order, as acceptance does."""
    budgets.take(books, books.get(WorkOrder, ident), TAKEN)


def seal(books: Books, ident: int) -> None:
    """Seal one approved settlement, without first holding what everybody holds."""
    sealing._seal(books, books.get(Settlement, ident))  # noqa: SLF001 - the race is inside of it.


ALONE = {"take": take, "seal": seal}
STAGES = {"accept": acceptance, "settle": settlement}


def _act(settings: Settings, what: str, ident: int) -> str:
    """Return DONE, or why it was refused; anything else that is raised climbs."""
    if what in STAGES:
        name = STAGES[what].__name__.rpartition(".")[2]
        outcome = sweep(name, opener(settings), [ident])
        return "; ".join(reason for _, reason in outcome.refused) or DONE
    try:
        with opener(settings)() as books:
            ALONE[what](books, ident)
    except Refused as refusal:
        return str(refusal)
    return DONE


def _child(settings: Settings, what: str, ident: int, barrier: Any, writing: int) -> None:
    with opener(settings)() as books:  # So that connecting is not part of the race.
        books.session.connection()
    barrier.wait(60)
    try:
        told = _act(settings, what, ident)
    except BaseException as problem:  # noqa: BLE001 - told to the test, which fails.
        told = f"raised {type(problem).__name__}: {problem}"
    os.write(writing, json.dumps(told).encode())
    os._exit(0)


def _at_once(settings: Settings, what: str, each: list[int]) -> list[str]:
    """Fork one process a key; return what each was told."""
    barrier = Barrier(len(each))
    pipes = []
    for ident in each:
        reading, writing = os.pipe()
        if os.fork() == 0:
            _child(settings, what, ident, barrier, writing)
        os.close(writing)
        pipes.append(reading)
    told = []
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            told.append(json.loads(pipe.read() or b'"ended"'))
    for _ in each:
        os.wait()
    return told


def main(home: str, database: str, rounds: str) -> None:
    """Play all rounds and print what was told in them."""
    settings = Settings.at(Path(home), database)
    head()  # Read here once, like the mappers, not in every child.
    configure_mappers()
    told = [_at_once(settings, what, each) for what, each in json.loads(rounds)]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
