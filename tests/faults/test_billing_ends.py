"""Self-billing ended anywhere, or run twice at once, leaves no gap and bills nothing twice."""

import json
from random import Random

import pytest

from tests.faults.billing import billed
from tests.faults.racing import RacingWorld
from vendorops.gateways.clock import now
from vendorops.settings import Settings

NAME = "billed"
SAMPLE = 3
SEED = 20261102
ISSUED = [
    ("SB-HX-2026-000001", "389", "issued"),
    ("SB-HX-2026-000002", "389", "issued"),
    ("SB-HX-2026-000003", "389", "issued"),
    ("SB-HX-2026-000004", "261", "issued"),
]
"""One by word, the one objected to and another by silence, and what is taken back."""


def written(dump):
    rows = [json.loads(row) for row in dump["selfbilledinvoice"]]
    return sorted((row["number"], row["type_code"], row["status"]) for row in rows)


@pytest.fixture
def raced(line):
    """Return `raced(address)`: what runs raised, what is broken, and what was issued at last."""

    def run(address=""):
        home = line.folder / f"billed-twice-{bool(address)}"
        line.ask("found", home, database=address)
        line.ask("play", home, act="billable", database=address)
        with line.both() as zygotes:
            world = RacingWorld(Settings.at(home, address), now, zygotes)
            billed(world)
        found = line.ask("look", home, database=address)
        return world.raised, found["broken"], written(found["dump"])

    return run


def test_each_way_to_agree_ends_in_the_next_number(line):
    assert written(line.undisturbed(NAME)) == ISSUED


def test_billing_comes_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states(NAME)

    assert len(states) > 10
    assert line.broken_at(NAME, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_billing_comes_out_the_same_wherever_it_is_ended(line):
    assert line.broken_at(NAME, line.states(NAME)) == {}


def test_billing_run_twice_at_once_on_postgresql_gives_each_number_once(raced, new_database):
    assert raced(new_database()) == ([], [], ISSUED)


@pytest.mark.soak
def test_billing_run_twice_at_once_on_sqlite_gives_each_number_once(raced):
    assert raced() == ([], [], ISSUED)
