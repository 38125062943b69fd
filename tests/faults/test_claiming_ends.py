"""A month of claims in every form, ended anywhere and played again, on either database.

In the ordinary run some acts are ended at one state each, drawn by lot, in a soak every act at
every state: of the disk where SQLite keeps the books, of what is committed where PostgreSQL does.
"""

import json
from random import Random

import pytest

from tests.faults.claiming import CLAIMING
from tests.faults.grown import Grown

ENDED = tuple(name for name in CLAIMING if name != "claimable")
DRAWN = ("listed", "mailed", "matched", "reopened")
SEED = 20261126


def rows(line, act, table):
    return [json.loads(row) for row in line.undisturbed(act)[table]]


@pytest.fixture(scope="module")
def grown(line, postgres, migrated_postgres):
    return Grown(line, postgres, migrated_postgres, CLAIMING)


def test_every_form_of_claim_comes_to_the_end_it_should(line):
    files = [(row["name"], row["status"]) for row in rows(line, "reopened", "receivedfile")]
    formats = {row["format"] for row in rows(line, "reopened", "invoice")}

    assert {status: [one for _, one in files].count(status) for _, status in files} == {
        "booked": 11,
        "opened": 2,
        "quarantined": 1,
        "received": 1,
        "rejected": 2,
    }
    assert formats >= {
        *("ubl", "cii", "hybrid_pdf", "cn_fapiao", "ofd"),
        *("statement_csv", "statement_workbook"),
    }


def test_the_month_is_matched_by_partitions_corrected_sealed_and_opened_again(line):
    seals = [(row["version"], row["status"]) for row in rows(line, "reopened", "reconciliation")]

    assert sorted(seals) == [(1, "sealed"), (1, "sealed"), (2, "superseded"), (3, "sealed")]
    assert len(rows(line, "reopened", "referencecorrection")) == 1
    assert {row["status"] for row in rows(line, "mailed", "possibleduplicate")} >= {"confirmed"}


@pytest.mark.parametrize("act", DRAWN)
def test_claims_come_out_the_same_at_an_end_drawn_by_lot(line, act):
    states = line.states(act)

    assert len(states) > 5
    assert line.broken_at(act, [Random(SEED).choice(states)]) == {}


def test_claims_on_postgresql_come_out_the_same_at_a_commit_drawn_by_lot(grown):
    commits = grown.commits("matched")

    assert len(commits) > 5
    assert grown.broken_at("matched", [Random(SEED).choice(commits)]) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_claims_come_out_the_same_wherever_they_are_ended(line, act):
    assert line.broken_at(act, line.states(act)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("act", ENDED)
def test_claims_on_postgresql_come_out_the_same_around_every_commit(grown, act):
    assert grown.broken_at(act, grown.commits(act)) == {}
