"""What the bank tells: ended and played again, and explained by two processes at once.

In the ordinary run the process is ended at some states of the disk drawn by lot, in a soak at
every one of them.
"""

import json
from random import Random

import pytest

from tests.faults.banking import DAY

SAMPLE = 4
SEED = 20261106


def states(dumped):
    return sorted(json.loads(row)["status"] for row in dumped["payment"])


def test_what_the_bank_tells_comes_out_the_same_at_ends_drawn_by_lot(line):
    found = line.states("banking")

    assert states(line.undisturbed("banking")).count("returned") == 1
    assert len(found) > 10
    assert line.broken_at("banking", Random(SEED).sample(found, SAMPLE)) == {}


def test_two_runs_at_once_book_each_payment_once(line):
    home = line.copy(line.before[-1])
    line.ask("play", home, act="statements")
    with line.both() as zygotes:
        for _ in range(3):
            for zygote in zygotes:
                zygote.start("sweep", home=str(home), stage="bank_statements", day=DAY.isoformat())
            for zygote in zygotes:
                zygote.answer()

    found = line.ask("look", home, database="")

    assert found["broken"] == []
    assert states(found["dump"]).count("returned") == 1
    assert set(states(found["dump"])) == {"returned", "settled"}
    assert len(found["dump"]["bankmatch"]) == len(found["dump"]["payment"]) + 1


@pytest.mark.soak
def test_what_the_bank_tells_comes_out_the_same_wherever_it_is_ended(line):
    assert line.broken_at("banking", line.states("banking")) == {}
