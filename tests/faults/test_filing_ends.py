"""Returns ended anywhere, or carried on twice at once, tell the office each cent once."""

import json
from random import Random

import pytest

from tests import make
from tests.faults.filing import SECOND, returned
from tests.faults.racing import RacingWorld
from tests.stages.filing.carrying import DECEMBER, TAX
from vendorops.demo import PlainWorld
from vendorops.gateways.clock import now
from vendorops.settings import Settings
from vendorops.tables import FilingReceipt

NAME = "returned"
SAMPLE = 3
SEED = 20261105


def came_to(dump):
    """Return version, state and total of each return, and the state of each withholding."""
    rows = {table: [json.loads(row) for row in dump[table]] for table in ("filing", "withholding")}
    filings = [(row["version"], row["status"], row["total_minor"]) for row in rows["filing"]]
    return sorted(filings), sorted(row["status"] for row in rows["withholding"])


EXPECTED = (
    [(1, "submitted", 96_000), (2, "rejected", 144_000)],
    ["booked", "filed", "filed"],
)


def prepared(line, name, address=""):
    home = line.folder / f"{name}-{bool(address)}"
    line.ask("found", home, database=address)
    line.ask("play", home, act="returnable", database=address)
    return home


def test_an_amendment_that_is_rejected_leaves_what_was_handed_in(line):
    assert came_to(line.undisturbed(NAME)) == EXPECTED


def test_returns_come_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states(NAME)

    assert len(states) > 10
    assert line.broken_at(NAME, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_returns_come_out_the_same_wherever_they_are_ended(line):
    assert line.broken_at(NAME, line.states(NAME)) == {}


@pytest.mark.parametrize(
    "database", [pytest.param("sqlite", marks=pytest.mark.soak), "postgresql"]
)
def test_returns_carried_on_twice_at_once_come_to_the_same(line, request, database):
    address = request.getfixturevalue("new_database")() if database == "postgresql" else ""
    home = prepared(line, "returned-twice", address)
    with line.both() as zygotes:
        world = RacingWorld(Settings.at(home, address), now, zygotes)
        returned(world)

    found = line.ask("look", home, database=address)

    assert (world.raised, found["broken"]) == ([], [])
    assert came_to(found["dump"]) == EXPECTED


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_two_who_record_a_receipt_at_once_one_stands_and_the_other_is_told(
    line, request, database
):
    address = request.getfixturevalue("new_database")() if database == "postgresql" else ""
    home = prepared(line, "handed-in-at-once", address)
    line.ask("play", home, act="approved", database=address)
    rivals = {TAX: "SH-1", SECOND: "SH-2"}
    with line.both() as zygotes:
        for zygote, (who, receipt) in zip(zygotes, rivals.items(), strict=True):
            zygote.start("hand_in", home=str(home), who=who, receipt=receipt, database=address)
        told = [zygote.answer() for zygote in zygotes]

    assert told.count("recorded") == 1, told
    world = PlainWorld(Settings.at(home, address), now)
    world.run("returns", DECEMBER)
    with world.act("reader", DECEMBER) as books:
        first = [*rivals][told.index("recorded")]
        row = make.only(books, FilingReceipt)
        assert (row.number, row.recorded_by) == (rivals[first], first)
