import pytest

import tests.invariants
from vendorops.invariants import every, verify
from vendorops.registry import members

WITNESSES = {"S17", "S18"}
"""The history notices any change of a row that it saw entered or answered."""
SEEDS = [
    seed
    for name, module in members(tests.invariants).items()
    if name.startswith("seeds_of_")
    for seed in module.SEEDS
]


def test_the_finished_books_break_nothing(fired):
    assert fired() == set()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.code} {seed.what}")
def test_each_violation_is_noticed_by_its_invariant_and_its_kin_alone(fired, seed):
    expected = {seed.code, *seed.kin}

    assert expected <= fired(*seed.statements) <= expected | WITNESSES


@pytest.mark.parametrize("seed", SEEDS[::20], ids=lambda seed: f"{seed.code} {seed.what}")
def test_rules_that_are_spared_would_have_said_nothing(bare, fired, seed):
    found = fired(*seed.statements)

    assert found == {violation.code for violation in verify(bare).violations}


def test_every_invariant_was_seen_to_notice_something():
    assert {seed.code for seed in SEEDS} == {rule.code for rule in every()}


def test_no_two_invariants_share_a_code():
    codes = [rule.code for rule in every()]

    assert len(codes) == len(set(codes))
