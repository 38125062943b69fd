"""Every stage is run by two processes at the same moment; what happens, happens once."""

import pytest

from tests.faults.racing import RacingWorld
from vendorops.demo import tell
from vendorops.gateways.clock import now
from vendorops.settings import Settings

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture
def address(request):
    """Return the address of an empty database; none stands for SQLite in the home folder."""
    return request.getfixturevalue("postgres") if request.param == "postgresql" else ""


def raced(line, address, flaw=""):
    home = line.folder / f"raced-{flaw or 'soundly'}-{bool(address)}"
    line.ask("found", home, database=address)
    with line.both() as zygotes:
        world = RacingWorld(Settings.at(home, address), now, zygotes, flaw)
        for _ in tell(world):
            pass
    return world.raised, line.problems(home, line.dump(line.before[-1]), address)


@pytest.mark.parametrize("address", DATABASES, indirect=True)
def test_stages_run_twice_at_once_come_out_as_if_run_once(line, address):
    assert raced(line, address) == ([], [])


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_runs_that_do_not_wait_for_each_other_are_noticed(line, address):
    raised, problems = raced(line, address, "holds_nothing")

    assert raised or problems
