import pytest

from tests.invariants import (
    seeds_of_agreements,
    seeds_of_approvals,
    seeds_of_history,
    seeds_of_money,
    seeds_of_staffing,
    seeds_of_suppliers,
)
from vendorops.invariants import every

WITNESSES = {"S17", "S18"}
"""The history notices any change of a row that it saw entered or answered."""
SEEDS = (
    *seeds_of_agreements.SEEDS,
    *seeds_of_money.SEEDS,
    *seeds_of_history.SEEDS,
    *seeds_of_suppliers.SEEDS,
    *seeds_of_approvals.SEEDS,
    *seeds_of_staffing.SEEDS,
)


def test_the_finished_books_break_nothing(fired):
    assert fired() == set()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.code} {seed.what}")
def test_each_violation_is_noticed_by_its_invariant_and_its_kin_alone(fired, seed):
    expected = {seed.code, *seed.kin}

    assert expected <= fired(*seed.statements) <= expected | WITNESSES


def test_every_invariant_was_seen_to_notice_something():
    assert {seed.code for seed in SEEDS} == {rule.code for rule in every()}


def test_no_two_invariants_share_a_code():
    codes = [rule.code for rule in every()]

    assert len(codes) == len(set(codes))
