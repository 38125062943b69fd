"""A platform's run rejected, booked without one, planned and released: ended and played again.

In the ordinary run a process is ended at a state of the disk drawn by lot, in a soak at every one:
of the disk where SQLite keeps the books, around every commit where PostgreSQL does.
"""

import json
from random import Random

import pytest

from tests.faults.grown import Grown
from tests.faults.running import RUNNING

ENDED = tuple(name for name in RUNNING if name != "crowded")
SEED = 20261129


@pytest.fixture(scope="module")
def grown(line, postgres, migrated_postgres):
    return Grown(line, postgres, migrated_postgres, RUNNING)


def rows(line, act, table):
    return [json.loads(row) for row in line.undisturbed(act)[table]]


def test_the_others_of_a_rejected_run_are_paid_once_in_one_file(line):
    runs = rows(line, "letting_go", "settlementrun")
    payments = rows(line, "letting_go", "payment")
    standing = [
        row["stage"] for row in rows(line, "letting_go", "refusal") if not row["resolved_on"]
    ]

    assert sorted((row["status"], row["count"]) for row in runs) == [
        ("rejected", 4),
        ("sealed", 3),
    ]
    assert [row["status"] for row in payments] == ["sent", "sent"]
    assert len(rows(line, "letting_go", "paymentbatch")) == 1
    assert standing == ["payment"]


@pytest.mark.parametrize("act", ENDED)
def test_a_run_comes_out_the_same_at_an_end_drawn_by_lot(line, act):
    states = line.states(act)

    assert len(states) > 5
    assert line.broken_at(act, [Random(SEED).choice(states)]) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_a_run_comes_out_the_same_wherever_it_is_ended(line, act):
    assert line.broken_at(act, line.states(act)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_a_run_on_postgresql_comes_out_the_same_around_every_commit(grown, act):
    assert grown.broken_at(act, grown.commits(act)) == {}
