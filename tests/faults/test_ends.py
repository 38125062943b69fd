"""The process is ended where nothing is tidied up; the act played again must come out the same.

In the ordinary run matching and filing are ended at every state of the disk, paying at every
eighth of its many, drawn by lot from a first one on, the other acts at a few drawn by lot, and the
whole story ten times. In a soak every act is ended at every state, then at every statement.
"""

from itertools import pairwise
from random import Random

import pytest

from tests.faults.line import ACTS

SHORT = ("match", "filing")
"""Acts that move money and are short enough to be ended everywhere in every run."""
LONG = tuple(name for name in ACTS if name not in SHORT)
OTHERS = tuple(name for name in LONG if name != "payment")
SAMPLE = 2
EIGHTH = 8
SEED = 20261105


@pytest.mark.parametrize("name", SHORT)
def test_the_money_acts_come_out_the_same_wherever_they_are_ended(line, name):
    states = line.states(ACTS[name])

    assert len(states) > 10
    assert line.broken_at(ACTS[name], states) == {}


def test_paying_comes_out_the_same_when_ended_at_every_eighth_state(line):
    """Of eight states in a row one is ended at, from one of the first eight drawn by lot."""
    states = line.states(ACTS["payment"])
    drawn = states[Random(SEED).randrange(EIGHTH) :: EIGHTH]

    assert len(drawn) > 8
    assert line.broken_at(ACTS["payment"], drawn) == {}


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_acts_come_out_the_same_at_ends_drawn_by_lot(line, name):
    states = line.states(ACTS[name])
    drawn = Random(SEED).sample(states, min(SAMPLE, len(states)))

    assert line.broken_at(ACTS[name], drawn) == {}


def test_a_story_ended_ten_times_comes_out_the_same(line):
    ended, problems = line.ended_often(_drawn(line, Random(SEED), 24))

    assert ended >= 10
    assert problems == []


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
def test_the_long_acts_come_out_the_same_wherever_they_are_ended(line, name):
    assert line.broken_at(ACTS[name], line.states(ACTS[name])) == {}


@pytest.mark.soak
@pytest.mark.parametrize("name", ACTS)
def test_an_act_comes_out_the_same_when_ended_at_any_statement(line, name):
    """Also where the disk did not change since the statement before: nothing is inferred."""
    assert line.broken_at(ACTS[name], range(1, line.boundaries[ACTS[name]] + 1)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_a_story_ended_thirty_times_comes_out_the_same(line, seed):
    ended, problems = line.ended_often(_drawn(line, Random(seed), 36))

    assert ended >= 20
    assert problems == []


def _drawn(line, lots, count):
    """Draw moments of the whole story, by act; later ones of an act end it while it recovers."""
    edges = [0]
    for boundaries in line.boundaries:
        edges.append(edges[-1] + boundaries)
    moments = sorted(lots.sample(range(1, edges[-1] + 1), count))
    return [
        [one - first for one in moments if first < one <= last] for first, last in pairwise(edges)
    ]
