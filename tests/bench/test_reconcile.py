"""The benchmark judges as seeded: nothing wrong is accepted, nothing right is disputed."""

import numpy as np
import pytest

from vendorops import bench
from vendorops.bench._lines import DEFECTS, Kind, draw
from vendorops.bench._month import sizes
from vendorops.registry import Unknown


def test_the_seeded_month_is_explained_to_the_last_line_without_a_false_accept():
    figures = bench.member("reconcile").run(lines=1500)

    assert (figures["bench"], figures["lines"]) == ("reconcile", 1500)
    assert figures["database"] == "sqlite"
    assert figures["explained_share"] == 1.0
    assert (figures["false_accepts"], figures["false_disputes"]) == (0, 0)
    assert 0.7 < float(figures["matched_share"]) < 0.85


def test_the_same_seed_draws_the_same_lines_with_every_defect():
    drawn = draw(40_000, seed=7)

    assert (drawn.net == draw(40_000, seed=7).net).all()
    assert set(DEFECTS) < {Kind(kind) for kind in drawn.kind.tolist()}


def test_a_supplier_with_two_contracts_names_work_of_the_one_it_claims_under():
    drawn = draw(3000, seed=7, contracts=2)

    named = drawn.work >= 0
    assert (drawn.claim[drawn.work[named]] % 2 == drawn.claim[named] % 2).all()


def test_few_suppliers_claim_most_of_a_month():
    counts = list(sizes(100_000))

    assert sum(counts) == 100_000
    assert counts == sorted(counts, reverse=True)
    assert sum(counts[:10]) > 50_000


def test_what_is_seeded_is_as_claimed_in_currencies_of_every_number_of_decimals():
    for places in (0, 2, 3):
        drawn = draw(2000, seed=3, places=places)
        clean = drawn.kind == Kind.CLEAN
        exact = drawn.quantity * drawn.price / 10 ** (10 - places)

        assert np.abs(drawn.net - exact)[clean].max() <= 0.5


def test_an_unknown_benchmark_is_refused_and_the_known_ones_named():
    with pytest.raises(Unknown, match="reconcile"):
        bench.member("nothing_like_it")


def test_the_registry_lists_the_benchmarks_by_name():
    assert "reconcile" in bench.names()
