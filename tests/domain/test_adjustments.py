"""What tiers, rebates and fees come to, against a count of every single unit of volume."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorops.domain.adjustments import AdjustmentFacts, BadAdjustment, Step, Volume, dues

FIRST = 24_000
"""A January."""
MONTHS = 8


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def share_of_unit(facts, position):
    """The share of the unit of volume that lies at a position, counted from zero."""
    reached = [step.share_e6 for step in facts.steps if step.from_value <= position]
    return Fraction(reached[-1] if reached else 0, 10**6)


def share_of_whole(facts, volume):
    return share_of_unit(facts, volume)


def counted_out(facts, volumes, months):
    """The same rule, unit by unit and window by window, with nothing of the code under test."""
    found = {}
    for at in range(months):
        if facts.kind == "rebate":
            if (FIRST + at + 1) % facts.months or at + 1 < facts.months:
                continue
            stretch = range(at + 1 - facts.months, at + 1)
            before, own = 0, sum(volumes.get(month, (0, 0))[0] for month in stretch)
            amount = sum(volumes.get(month, (0, 0))[1] for month in stretch)
        else:
            own, amount = volumes.get(at, (0, 0))
            before = sum(volumes.get(at - back, (0, 0))[0] for back in range(1, facts.months))
        if facts.manner == "marginal":
            units = range(before, before + own)
            shares = sum((share_of_unit(facts, unit) for unit in units), Fraction(0))
            found[at] = half_up(amount * shares / own) if own else 0
        elif facts.kind == "rebate":
            found[at] = half_up(amount * share_of_whole(facts, own))
        else:
            windows = [
                sum(volumes.get(last - back, (0, 0))[0] for back in range(facts.months))
                for last in range(at, min(at + facts.months, months))
            ]
            found[at] = half_up(amount * max(share_of_whole(facts, each) for each in windows))
    return found


@st.composite
def terms(draw):
    kind = draw(st.sampled_from(["volume", "volume", "rebate"]))
    begins = sorted(draw(st.sets(st.integers(0, 60), max_size=3)))
    shares = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    return AdjustmentFacts(
        kind,
        months=draw(st.sampled_from([3, 3, 12]) if kind == "rebate" else st.integers(1, 5)),
        measure="quantity",
        manner=draw(st.sampled_from(["marginal", "whole"])),
        steps=tuple(Step(*pair) for pair in zip(begins, shares, strict=False)),
    )


VOLUMES = st.dictionaries(
    st.integers(-4, MONTHS - 1), st.tuples(st.integers(1, 30), st.integers(0, 10**6))
)


def due(facts, volumes, months=MONTHS):
    given_volumes = {FIRST + at: Volume(*said) for at, said in volumes.items()}
    found = dues(facts, given_volumes, range(FIRST, FIRST + months))
    return {each.month - FIRST: each.minor for each in found}


@settings(deadline=None, max_examples=200)
@given(terms(), VOLUMES)
def test_what_is_due_is_what_counting_every_unit_comes_to(facts, volumes):
    expected = counted_out(facts, volumes, MONTHS)

    assert due(facts, volumes) == expected


@settings(deadline=None, max_examples=100)
@given(terms(), VOLUMES, st.integers(0, MONTHS - 1), st.integers(1, 30), st.integers(1, MONTHS))
def test_work_and_months_that_come_later_never_make_less_due(facts, volumes, at, more, months):
    measured, amount = volumes.get(at, (0, 0))
    before = due(facts, volumes, months)

    after = due(facts, {**volumes, at: (measured + more, amount + 100 * more)})

    assert all(minor <= after[month] for month, minor in before.items())


def test_a_step_that_a_window_reaches_later_is_earned_by_the_months_before():
    facts = AdjustmentFacts(
        "volume", months=3, manner="whole", steps=(Step(0, 10_000), Step(300_00, 30_000))
    )
    volumes = dict.fromkeys((0, 1, 2), (100_00, 100_00))

    assert due(facts, volumes, 2) == {0: 100, 1: 100}
    assert due(facts, volumes, 3) == {0: 300, 1: 300, 2: 300}


REFUSED = {
    "kind is one of": {"kind": "gift"},
    "measure is amount or quantity": {"measure": "weight"},
    "manner is marginal or whole": {"manner": "all"},
    "only a program_fee is funded by the client": {"borne_by": "client"},
    "from 1 to 60": {"months": 61},
    "quarter or year": {"kind": "rebate", "months": 6},
    "shares do not fall": {"steps": (Step(0, 20_000), Step(1, 10_000))},
    "steps rise": {"steps": (Step(1, 0), Step(1, 10_000))},
    "between 0 and 1": {"steps": (Step(0, 1_000_001),)},
}


@pytest.mark.parametrize(("sentence", "said"), REFUSED.items(), ids=REFUSED)
def test_terms_that_no_contract_can_agree_are_refused(sentence, said):
    with pytest.raises(BadAdjustment, match=sentence):
        AdjustmentFacts(**{"kind": "volume", **said})


def test_a_volume_begins_with_a_month_and_a_rebate_with_its_period():
    with pytest.raises(BadAdjustment, match="counted by months"):
        AdjustmentFacts("volume").check_first_day(date(2026, 10, 2))
    with pytest.raises(BadAdjustment, match="begins with its year"):
        AdjustmentFacts("rebate", months=12).check_first_day(date(2026, 10, 1))
    AdjustmentFacts("rebate", months=3).check_first_day(date(2026, 10, 1))
