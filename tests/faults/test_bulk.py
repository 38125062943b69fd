"""A spreadsheet's import is ended where nothing is tidied up, and the file is given again."""

from random import Random
from shutil import rmtree

import pytest

from tests.faults.line import ACTS
from tests.faults.zygote import ENDED

MODES = ("all", "partial")
SAMPLE = 4
SEED = 20261126


def imported(line, mode, *ends):
    """What is wrong with books into which the file was given until it went in undisturbed."""
    expected = line.copy(line.before[ACTS["onboarding"]])
    line.ask("onboard", expected, mode=mode)
    told = line.dump(expected)
    problems = {}
    for end in ends:
        home = line.copy(line.before[ACTS["onboarding"]])
        assert line.ask("onboard", home, mode=mode, end_at=end) == ENDED
        line.ask("onboard", home, mode=mode)
        problems[end] = line.problems(home, told)
        line.ask("onboard", home, mode=mode)
        problems[-end] = line.problems(home, told)
        rmtree(home)
    return {end: wrong for end, wrong in problems.items() if wrong}


def states(line, mode):
    home = line.copy(line.before[ACTS["onboarding"]])
    return line.ask("record_onboarding", home, mode=mode)


@pytest.mark.parametrize("mode", MODES)
def test_an_import_ended_anywhere_and_given_again_ends_in_the_same_books(line, mode):
    found = states(line, mode)

    assert len(found) > 10
    assert imported(line, mode, *Random(SEED).sample(found, SAMPLE)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
def test_an_import_ended_at_every_state_of_the_disk_ends_in_the_same_books(line, mode):
    assert imported(line, mode, *states(line, mode)) == {}
