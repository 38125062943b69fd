"""Haggling over a draft, ending a contract, letting others run out: ended and played again.

In the ordinary run the process is ended at some states of the disk drawn by lot, in a soak at
every one of them.
"""

import json
from random import Random

import pytest

from tests.faults.agreements import DRAFTS

PLAYED = ("negotiating", "ending")
SAMPLE = 5
SEED = 20271001


def rows(line, name, table):
    return [json.loads(row) for row in line.undisturbed(name)[table]]


def test_the_draft_that_both_sides_haggled_over_is_the_one_in_force(line):
    contracts = {row["program"]: row for row in rows(line, "negotiating", "contract")}
    agreed = contracts.pop("bpo")

    assert (agreed["status"], agreed["version"]) == ("effective", len(DRAFTS) + 1)
    assert agreed["cap_minor"] == 50_000_000
    assert {row["status"] for row in contracts.values()} == {"draft"}


def test_one_contract_is_ended_one_renewed_and_two_run_out(line):
    ends = {
        row["program"]: (row["status"], row["ends_on"]) for row in rows(line, "ending", "contract")
    }

    assert ends == {
        "bpo": ("terminated", "2027-01-03"),
        "staffing": ("effective", "2028-10-01"),
        "rpo": ("expired", "2027-10-01"),
        "freelance": ("expired", "2027-10-01"),
    }
    [forgotten] = [
        row
        for row in rows(line, "ending", "decision")
        if row["kind"] == "renewal" and row["status"] == "void"
    ]
    assert forgotten["answer"] == ""


@pytest.mark.parametrize("name", PLAYED)
def test_agreements_come_out_the_same_at_ends_drawn_by_lot(line, name):
    states = line.states(name)

    assert len(states) > 10
    assert line.broken_at(name, Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("name", PLAYED)
def test_agreements_come_out_the_same_wherever_they_are_ended(line, name):
    assert line.broken_at(name, line.states(name)) == {}
