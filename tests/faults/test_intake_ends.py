"""Opening mails and archives, and reviewing what they held: ended and played again.

In the ordinary run the process is ended at some states of the disk drawn by lot, in a soak at
every one of them.
"""

import json
from random import Random

import pytest

SAMPLE = 3
SEED = 20261103


def test_what_came_in_one_mail_is_booked_file_by_file(line):
    files = [json.loads(row) for row in line.undisturbed("incoming")["receivedfile"]]

    assert {row["name"]: row["status"] for row in files} == {
        "IN 1.eml": "opened",
        "october.zip": "opened",
        "paper.pdf": "booked",
        "BPO-2610-01.xml": "booked",
        "FREELANCE-2610-01.csv": "booked",
        "RPO-2610-01.xml": "booked",
        "STAFFING-2610-01.pdf": "booked",
    }


def test_intake_comes_out_the_same_at_ends_drawn_by_lot(line):
    states = line.states("incoming")

    assert len(states) > 10
    assert line.broken_at("incoming", Random(SEED).sample(states, SAMPLE)) == {}


@pytest.mark.soak
def test_intake_comes_out_the_same_wherever_it_is_ended(line):
    assert line.broken_at("incoming", line.states("incoming")) == {}
