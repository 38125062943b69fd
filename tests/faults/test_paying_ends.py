"""Settling, releasing, sending, sending again: ended anywhere and played again, on both databases.

In the ordinary run a process is ended at some states drawn by lot, in a soak at every one: of the
disk where SQLite keeps the books, around every commit where PostgreSQL does.
"""

import json
import re
from collections import Counter
from random import Random

import pytest

from tests.faults.grown import Grown
from tests.faults.paying import PART, PAYING

ENDED = tuple(name for name in PAYING if name != "payable")
SEED = 20261127
RELEASING = "releasing"


@pytest.fixture(scope="module")
def grown(line, postgres, migrated_postgres):
    return Grown(line, postgres, migrated_postgres, PAYING)


@pytest.fixture(scope="module")
def grown_until_released(line, postgres, migrated_postgres):
    acts = list(PAYING)
    return Grown(line, postgres, migrated_postgres, acts[: acts.index(RELEASING) + 1])


def rows(line, act, table):
    return [json.loads(row) for row in line.undisturbed(act)[table]]


def ordered(line, act):
    """How often the files that lie ready for the bank order each payment."""
    files = [text for text in line.undisturbed(act)["outgoing"] if text.startswith("BAT-")]
    told = Counter(ident for text in files for ident in re.findall(r"<EndToEndId>([^<]+)", text))
    return len(files), told


def test_money_goes_once_comes_back_once_and_goes_again_under_another_id(line):
    payments = {row["reference"]: row for row in rows(line, "resending", "payment")}
    files, told = ordered(line, "resending")

    assert Counter(row["status"] for row in payments.values()) == {"settled": 4, "returned": 1}
    assert told == dict.fromkeys(payments, 1)
    assert files == len(rows(line, "resending", "paymentbatch"))
    assert len(rows(line, "resending", "bankcharge")) == 1


def test_a_part_that_came_back_goes_again_once_for_exactly_what_came_back(line):
    [part] = rows(line, "resending", "partreturn")
    payments = rows(line, "resending", "payment")

    anew = [row for row in payments if row["returned_by_id"] == part["bank_entry_id"]]

    assert [(row["amount_minor"], row["status"]) for row in anew] == [(PART, "settled")]


@pytest.mark.parametrize("act", ENDED)
def test_paying_comes_out_the_same_at_ends_drawn_by_lot(line, act):
    states = line.states(act)

    assert len(states) > 5
    assert line.broken_at(act, [Random(SEED).choice(states)]) == {}


def test_releasing_on_postgresql_comes_out_the_same_at_a_commit_drawn_by_lot(
    grown_until_released,
):
    commits = grown_until_released.commits(RELEASING)

    assert len(commits) > 3
    assert grown_until_released.broken_at(RELEASING, [Random(SEED).choice(commits)]) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_paying_comes_out_the_same_wherever_it_is_ended(line, act):
    assert line.broken_at(act, line.states(act)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_paying_on_postgresql_comes_out_the_same_around_every_commit(grown, act):
    assert grown.broken_at(act, grown.commits(act)) == {}
