"""Lines without a claim, ended anywhere or run twice at once, are entered and booked once."""

import json
from random import Random

import pytest

from tests.faults.adjusting import adjusted
from tests.faults.racing import RacingWorld
from vendorops.gateways.clock import now
from vendorops.settings import Settings

NAME = "adjusted"
SAMPLE = 2
SEED = 20260403
ENTERED = [
    ("2026-01", "program_fee", 1, 3_300),
    ("2026-01", "volume_correction", 2, 3_300),
    ("2026-01", "volume_discount", 1, 2_200),
    ("2026-02", "program_fee", 1, 300),
    ("2026-02", "volume_correction", 2, 300),
    ("2026-02", "volume_discount", 1, 200),
    ("2026-03", "program_fee", 1, 3_900),
    ("2026-03", "volume_discount", 1, 6_500),
]
BOOKED = [300, 3_300, 3_900]
"""What the client funds."""


def entered(dump):
    lines = [json.loads(row) for row in dump["adjustmentline"]]
    booked = [json.loads(row)["amount_minor"] for row in dump["transfer"]]
    told = [(row["month"], row["reason"], row["number"], row["net_minor"]) for row in lines]
    return sorted(told), sorted(booked)


@pytest.fixture
def raced(line):
    """Return `raced(address)`: what runs raised, what is broken, and what was entered."""

    def run(address=""):
        home = line.folder / f"adjusted-twice-{bool(address)}"
        line.ask("found", home, database=address)
        line.ask("play", home, act="adjustable", database=address)
        with line.both() as zygotes:
            world = RacingWorld(Settings.at(home, address), now, zygotes)
            adjusted(world)
        found = line.ask("look", home, database=address)
        return world.raised, found["broken"], entered(found["dump"])

    return run


def test_lines_come_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states(NAME)

    assert entered(line.undisturbed(NAME)) == (ENTERED, BOOKED)
    assert len(states) > 10
    assert line.broken_at(NAME, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_lines_come_out_the_same_wherever_they_are_ended(line):
    assert line.broken_at(NAME, line.states(NAME)) == {}


def test_lines_run_twice_at_once_on_postgresql_are_entered_once(raced, new_database):
    assert raced(new_database()) == ([], [], (ENTERED, BOOKED))


@pytest.mark.soak
def test_lines_run_twice_at_once_on_sqlite_are_entered_once(raced):
    assert raced() == ([], [], (ENTERED, BOOKED))
