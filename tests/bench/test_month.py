"""A month as suppliers claim it is decided as it was made: nothing wrong is paid, all is told."""

import pytest

from vendorops.bench import month
from vendorops.bench._seeded.drawing import Drawing
from vendorops.bench._seeded.faults import CLAIM_FAULTS, LINE_FAULTS
from vendorops.bench._seeded.judging import Score, Seen
from vendorops.bench._seeded.resending import RESENT
from vendorops.bench._seeded.sent import SentLine, Work
from vendorops.bench._seeded.spoiling import SPOILS

STORM = 130
"""A seed whose month, with faults twelve times as often, has every one of them."""
WORK = Work(1, 2, "regular_hours", 80_000, 80_000, 10_000_000, "CNY")
LINE = SentLine(WORK, WORK.reference, 80_000, WORK.price_e6, due_minor=8_000)


def assert_sound(figures):
    assert (figures["false_accepts"], figures["false_accept_minor"]) == (0, 0)
    assert (figures["false_findings"], figures["misnamed"]) == (0, 0)
    assert figures["explained_share"] == 1.0
    assert figures["automatic_share"] == figures["right_share"]


@pytest.mark.parametrize("seed", [1, 4, 5])
def test_a_usual_month_is_decided_by_itself_but_for_what_is_wrong(seed):
    figures = month.run(lines=400, seed=seed)

    assert_sound(figures)
    assert float(figures["automatic_share"]) >= 0.95
    assert 0.75 < float(figures["touchless_claim_share"]) < 1


def test_every_fault_there_is_gets_its_named_reason():
    figures = month.run(lines=800, seed=STORM, often=12)

    assert_sound(figures)
    seen = {name.removeprefix("seen_") for name in figures if name.startswith("seen_")}
    assert seen == {*LINE_FAULTS, *CLAIM_FAULTS, "cap"} - {"mail_and_portal"}
    # WRK-2026-00023 may be 23 without a nought, or one of 230 to 239 without its end.
    assert int(figures["suggested_right"]) >= 0.9 * int(figures["spoilt_references"]) > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_large_month_is_decided_by_itself_but_for_what_is_wrong(seed):
    figures = month.run(lines=20_000, seed=seed)

    assert_sound(figures)
    assert float(figures["automatic_share"]) >= 0.95


def test_a_seed_draws_one_month_and_another_seed_another():
    assert Drawing(7).draw(400) == Drawing(7).draw(400)
    assert Drawing(7).draw(400) != Drawing(8).draw(400)


def test_a_file_that_comes_by_mail_too_is_in_the_month():
    assert any(claim.posted for claim in Drawing(STORM, 12).draw(800).claims)


def test_every_fault_of_the_table_has_a_way_to_happen():
    assert set(SPOILS) == set(LINE_FAULTS)
    assert set(RESENT) == set(CLAIM_FAULTS)


@pytest.mark.parametrize(
    ("fault", "seen", "counted"),
    [
        ("", Seen("", 8_000, by_itself=True), {"right", "automatic", "explained"}),
        ("", Seen("", 8_001, by_itself=True), {"right", "explained", "false_accepts"}),
        ("", Seen("held"), {"right", "explained", "false_findings", "misnamed"}),
        ("", Seen("", 8_000, explained=False, by_itself=True), {"right", "automatic"}),
        ("price_above", Seen("price_above_term", 8_000), {"explained"}),
        (
            "price_above",
            Seen("", 9_600, by_itself=True),
            {"explained", "misnamed", "false_accepts"},
        ),
        ("other_day", Seen("held"), {"explained"}),
        ("same_number", Seen("refused", told="no such supplier"), {"explained", "misnamed"}),
    ],
)
def test_each_way_to_be_wrong_is_counted(fault, seen, counted):
    score = Score()
    score.add(fault, LINE, seen)

    ways = ("right", "automatic", "explained", "false_accepts", "false_findings", "misnamed")
    assert {way for way in ways if getattr(score, way)} == counted
    assert score.false_accept_minor == max(seen.paid_minor - LINE.due_minor, 0)
