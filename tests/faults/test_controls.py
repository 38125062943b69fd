"""What looks for faults must find them: each known defect is put in, and has to be seen."""

import pytest

from tests.faults.dump import differences
from tests.faults.line import ACTS

FILING = ACTS["filing"]


def test_a_receiver_who_gets_a_file_twice_is_noticed(line):
    states = line.states(FILING, "sends_again")
    from_delivery = states[len(states) // 2 :]  # Before, returns are prepared and approved.

    broken = line.first_broken(FILING, from_delivery, "sends_again")

    assert any("received" in problem for problem in broken)


def test_a_transition_in_two_transactions_is_noticed(line):
    broken = line.first_broken(FILING, line.states(FILING, "commits_early"), "commits_early")

    assert any("S10" in problem for problem in broken)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payment SET amount_minor = amount_minor + 1",
        "UPDATE series SET last = last + 1",
        "UPDATE decision SET answered_by = 'mallory'",
    ],
)
def test_a_single_changed_figure_shows_in_the_dump(line, statement):
    home = line.copy(line.before[-1])
    line.ask("alter", home, statement=statement)

    assert differences(line.dump(line.before[-1]), line.dump(home)) != []


def test_two_dumps_of_the_same_books_do_not_differ(line):
    home = line.before[-1]

    assert differences(line.dump(line.copy(home)), line.dump(home)) == []
