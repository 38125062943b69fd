"""Earnings, ended anywhere or entered twice at once, are entered once."""

import json
from random import Random

import pytest

from tests.faults.earning import earned
from tests.faults.racing import RacingWorld
from vendorops.gateways.clock import now
from vendorops.settings import Settings

NAME = "earned"
SAMPLE = 1
SEED = 20261102
ENTERED = [("advance", 1, 90_00), ("earned", 1, 400_00), ("earned", 2, -50_00)]
MEMOS = [("advance_recovery", 90_00, "issued"), ("earnings_correction", 50_00, "issued")]


def entered(dump):
    lines = [json.loads(row) for row in dump["earnedline"]]
    memos = [json.loads(row) for row in dump["creditmemo"]]
    work = [json.loads(row)["basis_minor"] for row in dump["workitem"]]
    return (
        sorted((row["kind"], row["number"], row["net_minor"]) for row in lines),
        sorted((row["kind"], row["net_minor"], row["status"]) for row in memos),
        work,
    )


@pytest.fixture
def raced(line):
    """Return `raced(address)`: what runs raised, what is broken, and what was entered."""

    def run(address=""):
        home = line.folder / f"earned-twice-{bool(address)}"
        line.ask("found", home, database=address)
        line.ask("play", home, act="earnable", database=address)
        with line.both() as zygotes:
            world = RacingWorld(Settings.at(home, address), now, zygotes)
            earned(world)
        found = line.ask("look", home, database=address)
        return world.raised, found["broken"], entered(found["dump"])

    return run


def test_earnings_come_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states(NAME)

    assert entered(line.undisturbed(NAME)) == (ENTERED, MEMOS, [400_00])
    assert len(states) > 10
    assert line.broken_at(NAME, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_earnings_come_out_the_same_wherever_they_are_ended(line):
    assert line.broken_at(NAME, line.states(NAME)) == {}


def test_earnings_entered_twice_at_once_on_postgresql_are_entered_once(raced, new_database):
    assert raced(new_database()) == ([], [], (ENTERED, MEMOS, [400_00]))


@pytest.mark.soak
def test_earnings_entered_twice_at_once_on_sqlite_are_entered_once(raced):
    assert raced() == ([], [], (ENTERED, MEMOS, [400_00]))
