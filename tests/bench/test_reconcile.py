"""The benchmark judges as seeded: nothing wrong is accepted, nothing right is disputed."""

import pytest

from vendorops import bench
from vendorops.bench._lines import DEFECTS, Kind, draw
from vendorops.registry import Unknown


def test_the_seeded_month_is_explained_to_the_last_line_without_a_false_accept():
    figures = bench.member("reconcile").run(lines=1500)

    assert (figures["bench"], figures["lines"]) == ("reconcile", 1500)
    assert figures["explained_share"] == 1.0
    assert (figures["false_accepts"], figures["false_disputes"]) == (0, 0)
    assert 0.7 < float(figures["matched_share"]) < 0.85


def test_the_same_seed_draws_the_same_lines_with_every_defect():
    drawn = draw(5000, 500, seed=7)

    assert (drawn.net == draw(5000, 500, seed=7).net).all()
    assert set(DEFECTS) < {Kind(kind) for kind in drawn.kind.tolist()}


def test_an_unknown_benchmark_is_refused_and_the_known_ones_named():
    with pytest.raises(Unknown, match="reconcile"):
        bench.member("nothing_like_it")


def test_the_registry_lists_the_benchmarks_by_name():
    assert "reconcile" in bench.names()
