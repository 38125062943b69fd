"""Every stage is run by two processes at the same moment; what happens, happens once."""

from shutil import copytree

import pytest

from tests.faults.line import ACTS
from tests.faults.racing import RacingWorld
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.settings import Settings

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture
def address(request):
    """Return the address of an empty database; none stands for SQLite in the home folder."""
    return request.getfixturevalue("new_database")() if request.param == "postgresql" else ""


def raced(line, address, flaw="", until=None):
    """Return what runs raised, and how the books differ from those of one run at a time.

    Our company signs with the same certificate: one made anew would have another key.
    """
    home = line.folder / f"raced-{flaw or 'soundly'}-{bool(address)}"
    line.ask("found", home, database=address)
    copytree(line.before[ACTS["onboarding"]] / "signing", home / "signing")
    acts = ACTS[until] if until else len(ACTS)
    with line.both() as zygotes:
        world = RacingWorld(Settings.at(home, address), now, zygotes, flaw)
        for _, act in story.ACTS[:acts]:
            act(world)
    return world.raised, line.problems(home, line.dump(line.before[acts]), address)


@pytest.mark.parametrize("address", DATABASES, indirect=True)
def test_stages_run_twice_at_once_come_out_as_if_run_once(line, address):
    assert raced(line, address) == ([], [])


@pytest.mark.soak
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_runs_that_do_not_wait_for_each_other_are_noticed(line, address):
    raised, problems = raced(line, address, "holds_nothing", until="work")

    assert raised or problems
