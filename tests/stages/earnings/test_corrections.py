"""What is reported late or anew corrects what was entered, by lines of its own."""

from datetime import date

from tests.stages.earnings.earning import (
    DECEMBER,
    NOVEMBER,
    SHARE,
    SOLD,
    agree,
    decided,
    founded,
    lines,
    memos,
    reported,
    run,
    works,
)
from vendorops.stages import sweep


def entered(opener, **said):
    """A month that was entered and accepted."""
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD, **said)
    run(opener)
    decided(opener)
    return of


def test_a_fact_that_comes_late_adds_the_difference_to_its_month(opener):
    of = entered(opener)

    reported(opener, of, as_of=DECEMBER, s2="kind: sale, day: 2026-10-20, amount: 50.00")
    run(opener, DECEMBER)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, 30_00)]
    assert works(opener)[1:] == [(of, "2026-10", 30_00)]


def test_a_fact_that_is_corrected_downwards_is_taken_back_by_a_memo(opener):
    of = entered(opener)
    less = "kind: sale, day: 2026-10-05, amount: 400.00, replaces: s1"

    reported(opener, of, as_of=DECEMBER, s2=less)
    run(opener, DECEMBER)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, -360_00)]
    assert memos(opener) == [("earnings_correction", 360_00, "draft")]


def test_a_fact_that_is_withdrawn_takes_back_all_that_it_earned(opener):
    of = entered(opener)

    reported(opener, of, as_of=DECEMBER, s2="kind: withdrawn, day: 2026-10-05, replaces: s1")
    run(opener, DECEMBER)
    run(opener, DECEMBER)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, -600_00)]


def test_a_smaller_advance_gives_back_what_was_recovered_of_it(opener):
    of = entered(opener, a1="kind: advance, day: 2026-10-02, amount: 500.00")
    less = "kind: advance, day: 2026-10-02, amount: 300.00, replaces: a1"

    reported(opener, of, as_of=DECEMBER, a2=less)
    run(opener, DECEMBER)

    assert lines(opener)[2:] == [("2026-10", "advance", 2, -200_00)]
    assert memos(opener) == [
        ("advance_recovery", 500_00, "issued"),
        ("advance_returned", 200_00, "draft"),
    ]


def test_a_correction_waits_until_what_was_entered_is_decided(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD)
    run(opener)
    sweep("acceptance", opener(as_of=NOVEMBER))
    reported(opener, of, s2="kind: sale, day: 2026-10-20, amount: 50.00")

    run(opener)
    assert len(lines(opener)) == 1
    decided(opener)
    run(opener)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, 30_00)]


def test_what_was_rejected_comes_again_only_with_other_facts(opener):
    of = founded(opener)
    agree(opener, of, SHARE)
    reported(opener, of, s1=SOLD)
    run(opener)
    decided(opener, says="reject")

    run(opener, DECEMBER)
    assert len(lines(opener)) == 1
    less = "kind: sale, day: 2026-10-05, amount: 900.00, replaces: s1"
    reported(opener, of, as_of=DECEMBER, s2=less)
    run(opener, DECEMBER)

    assert lines(opener)[1:] == [("2026-10", "earned", 2, 540_00)]


def test_a_late_loss_corrects_the_months_that_it_is_carried_into(opener):
    of = founded(opener)
    agree(opener, of, SHARE.replace("income_share", "profit_share"))
    reported(
        opener,
        of,
        as_of=DECEMBER,
        r1="kind: revenue, day: 2026-10-05, amount: 100.00",
        r2="kind: revenue, day: 2026-11-05, amount: 100.00",
    )
    run(opener, DECEMBER)
    decided(opener, DECEMBER)

    later = date(2026, 12, 5)
    reported(opener, of, as_of=later, c1="kind: cost, day: 2026-10-06, amount: 150.00")
    run(opener, later)

    assert lines(opener)[2:] == [
        ("2026-10", "earned", 2, -60_00),
        ("2026-11", "earned", 2, -30_00),
    ]
