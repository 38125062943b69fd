"""Funds, disputes and tax paid over: ended anywhere and played again, and run twice at once.

In the ordinary run a process is ended at a state of the disk drawn by lot, in a soak at every one.
"""

import json
from contextlib import suppress
from random import Random

import pytest

from tests.faults.funds import FUNDS
from tests.faults.zygote import TaskBrokenError
from tests.make.days import AS_OF
from tests.stages.filing.carrying import DECEMBER

ENDED = tuple(name for name in FUNDS if name != "fundable")
SEED = 20261128
TWICE = {"drawn": ("payment", AS_OF), "remitted": ("remittance", DECEMBER)}
"""A stage of each act that must not do anything twice, and its day."""


def rows(dump, table):
    return [json.loads(row) for row in dump[table]]


def test_a_client_pays_a_person_and_the_tax_office_and_nothing_is_left_owed(line):
    found = line.undisturbed("remitted")

    assert {row["status"] for row in rows(found, "payment")} == {"sent"}
    assert {row["status"] for row in rows(found, "withholding")} == {"remitted"}
    assert {row["status"] for row in rows(found, "settlementconfirmation")} == {"overruled"}
    keys = [row["key"] for row in rows(found, "transfer")]
    assert len([key for key in keys if key.endswith("/funded")]) == 2


@pytest.mark.parametrize("act", ENDED)
def test_funds_come_out_the_same_at_an_end_drawn_by_lot(line, act):
    states = line.states(act)

    assert len(states) > 2
    assert line.broken_at(act, [Random(SEED).choice(states)]) == {}


@pytest.mark.parametrize("act", TWICE)
def test_two_processes_at_once_plan_one_payment(line, act):
    stage, day = TWICE[act]
    home = line.copy(line.place_of(act))
    if act == "remitted":
        line.ask("play", home, act="handed")
    with line.both() as zygotes:
        for zygote in zygotes:
            zygote.start("sweep", home=str(home), stage=stage, day=day.isoformat())
        for zygote in zygotes:
            zygote.answer()

    found = line.ask("look", home, database="")

    assert found["broken"] == []
    planned = [row for row in rows(found["dump"], "payment") if row["status"] == "planned"]
    assert len(planned) == 1


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_is_disputed_while_its_money_goes_is_one_or_the_other(line, database, request):
    grown = database == "postgresql"
    address = request.getfixturevalue("new_database")() if grown else ""
    home = line.folder / f"argued-{database}"
    line.ask("found", home, database=address)
    line.ask("play", home, act="arguable", database=address)
    there = {"home": str(home), "database": address}
    with line.both() as (first, second):
        first.start("sweep", stage="release", day=AS_OF.isoformat(), **there)
        second.start("play", act="disputing", **there)
        first.answer()
        answered(second)

    found = line.ask("look", home, database=address)

    (payment,), (said,) = (
        rows(found["dump"], table) for table in ("payment", "settlementconfirmation")
    )
    assert found["broken"] == []
    assert (payment["status"], said["status"]) in [("sent", "lapsed"), ("approved", "disputed")]


def answered(zygote):
    """Wait for the payee, who may be told that he is too late."""
    with suppress(TaskBrokenError):
        zygote.answer()


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_funds_come_out_the_same_wherever_they_are_ended(line, act):
    assert line.broken_at(act, line.states(act)) == {}
