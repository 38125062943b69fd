"""Disputes ended anywhere, or carried on twice at once, pay and credit each cent once."""

import json
from random import Random

import pytest

from tests import make
from tests.faults.disputes import BUYER, DAY, FINANCE, disputed
from tests.faults.racing import RacingWorld
from vendorops.demo import PlainWorld
from vendorops.gateways.clock import now
from vendorops.settings import Settings
from vendorops.stages.disputes import Disputed, open_dispute
from vendorops.tables import Dispute, Invoice

NAME = "disputed"
SAMPLE = 2
SEED = 20261105
SETTLED = 186_100 + 900 - 10_000
"""What was explained, what is paid as claimed, and what the memo takes off."""


def came_to(dump):
    """Return how each dispute ended, and what is settled."""
    rows = {table: [json.loads(row) for row in dump[table]] for table in ("dispute", "settlement")}
    ended = sorted(
        (row["reference"], row["status"], row["noted_minor"]) for row in rows["dispute"]
    )
    return ended, [row["net_minor"] for row in rows["settlement"]]


EXPECTED = (
    [("DSP-2026-000001", "closed", 3_000), ("DSP-2026-000002", "closed", 2_000)],
    [SETTLED],
)


def prepared(line, name, address=""):
    home = line.folder / f"{name}-{bool(address)}"
    line.ask("found", home, database=address)
    line.ask("play", home, act="disputable", database=address)
    return home


def test_a_finding_and_matched_work_come_to_what_was_agreed(line):
    assert came_to(line.undisturbed(NAME)) == EXPECTED


def test_disputes_come_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states(NAME)

    assert len(states) > 10
    assert line.broken_at(NAME, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_disputes_come_out_the_same_wherever_they_are_ended(line):
    assert line.broken_at(NAME, line.states(NAME)) == {}


@pytest.mark.parametrize(
    "database", [pytest.param("sqlite", marks=pytest.mark.soak), "postgresql"]
)
def test_disputes_carried_on_twice_at_once_come_to_the_same(line, request, database):
    address = request.getfixturevalue("new_database")() if database == "postgresql" else ""
    home = prepared(line, "disputed-twice", address)
    with line.both() as zygotes:
        world = RacingWorld(Settings.at(home, address), now, zygotes)
        disputed(world)

    found = line.ask("look", home, database=address)

    assert (world.raised, found["broken"]) == ([], [])
    assert came_to(found["dump"]) == EXPECTED


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_two_who_agree_at_once_one_stands_and_the_other_is_told(line, request, database):
    address = request.getfixturevalue("new_database")() if database == "postgresql" else ""
    home = prepared(line, "agreed-at-once", address)
    with PlainWorld(Settings.at(home, address), now).act(BUYER, DAY) as books:
        claim = make.only(books, Invoice, kind="invoice")
        open_dispute(books, claim, Disputed("quantity_above_accepted", "not as agreed", 1))
    rivals = {BUYER: "39.00", FINANCE: "10.00"}
    with line.both() as zygotes:
        for zygote, (who, credit) in zip(zygotes, rivals.items(), strict=True):
            zygote.start("agree", home=str(home), who=who, credit=credit, database=address)
        told = [zygote.answer() for zygote in zygotes]

    assert told.count("agreed") == 1, told
    first = list(rivals)[told.index("agreed")]
    [late] = [each for each in told if each != "agreed"]
    assert f"{first} proposed an outcome of DSP-2026-000001 before" in late
    with PlainWorld(Settings.at(home, address), now).act("reader", DAY) as books:
        row = make.only(books, Dispute)
        assert (row.outcome_by, row.credit_minor) == (first, 3_900 if first == BUYER else 1_000)
