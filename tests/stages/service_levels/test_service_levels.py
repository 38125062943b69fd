from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from tests import make
from tests.make.statements import (
    HOURS,
    UNITS,
    decide_deliveries,
    delivered,
    measured,
    statement,
)
from vendorops.books.questions import NotAllowed
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.service_levels import AlreadyMeasured, NotMeasurable, TooLate
from vendorops.tables import CreditMemo, Measurement, ServiceMonth

DAY = date(2026, 10, 8)
AFTER = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _accepted(opener):
    """October's 10,000 documents at 0.905, accepted whole: 9,050.00 of fees."""
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books)
    delivered(opener, UNITS, DAY, "10000")
    decide_deliveries(opener, date(2026, 11, 2))


def close(opener, as_of=AFTER):
    outcome = sweep("service_levels", opener(as_of=as_of))
    sweep("crediting", opener(as_of=as_of))
    return outcome


def memos(opener):
    with opener(as_of=AFTER)() as books:
        rows = books.session.exec(select(CreditMemo).order_by(col(CreditMemo.id)))
        return [(row.net_minor, row.status) for row in rows]


def months(opener):
    with opener(as_of=AFTER)() as books:
        rows = books.session.exec(select(ServiceMonth).order_by(col(ServiceMonth.number)))
        return [(row.number, row.status, row.fees_minor) for row in rows]


def test_one_missed_level_credits_its_share_of_the_fees_of_the_month(opener):
    measured(opener, "turnaround", 9_699, 10_000)
    measured(opener, "accuracy", 9_950, 10_000)

    close(opener)

    assert memos(opener) == [(45_250, "draft")]
    assert months(opener) == [(1, "closed", 905_000)]


def test_two_missed_levels_credit_no_more_than_the_monthly_cap(opener):
    measured(opener, "turnaround", 1, 10_000)
    measured(opener, "accuracy", 1, 10_000)

    close(opener)

    assert memos(opener) == [(72_400, "draft")]


def test_levels_that_are_met_close_the_month_without_a_credit(opener):
    measured(opener, "turnaround", 97, 100)
    measured(opener, "accuracy", 0, 0)

    assert close(opener).refused == []

    assert memos(opener) == []
    assert months(opener) == [(1, "closed", 905_000)]


def test_a_month_waits_until_every_level_is_measured(opener):
    measured(opener, "turnaround", 1, 100)

    assert "2026-10: not measured yet: accuracy" in close(opener).refused[0][1]
    assert months(opener) == [(1, "open", 0)]


def test_a_month_with_accepted_deliveries_asks_for_measurements_that_nobody_reported(opener):
    assert months(opener) == [(1, "open", 0)]
    assert sweep("service_levels", opener(as_of=date(2026, 10, 31))).refused == []

    assert "not measured yet: turnaround, accuracy" in close(opener).refused[0][1]


def test_a_month_waits_for_work_that_is_not_accepted_yet(opener):
    delivered(opener, HOURS, DAY, "10", as_of=AFTER)
    measured(opener, "turnaround", 1, 100)
    measured(opener, "accuracy", 100, 100)

    assert close(opener).waiting == ["SLM-2026-000001"]
    decide_deliveries(opener, AFTER)
    close(opener)

    assert memos(opener) == [(66_917, "draft")]  # 5 % of 9,050.00 + 10 hours at 433.33.


def test_work_accepted_after_the_closing_is_credited_in_a_further_one(opener):
    measured(opener, "turnaround", 1, 100)
    measured(opener, "accuracy", 100, 100)
    close(opener)
    delivered(opener, HOURS, DAY, "10", as_of=AFTER)
    decide_deliveries(opener, AFTER)

    for _ in range(3):
        close(opener)

    assert memos(opener) == [(45_250, "draft"), (21_667, "draft")]
    assert months(opener) == [(1, "closed", 905_000), (2, "closed", 433_330)]


def test_a_correction_reverses_the_measurement_its_month_and_the_draft_of_its_memo(opener):
    wrong = measured(opener, "turnaround", 1, 100)
    measured(opener, "accuracy", 1, 100)
    close(opener)

    measured(opener, "turnaround", 98, 100, correct=True, as_of=AFTER)
    close(opener)

    assert memos(opener) == [(72_400, "cancelled"), (45_250, "draft")]
    assert months(opener) == [(1, "reversed", 905_000), (2, "closed", 905_000)]
    with opener(as_of=AFTER)() as books:
        rows = books.session.exec(select(Measurement).order_by(col(Measurement.id))).all()
        assert [row.status for row in rows] == ["reversed", "reported", "reported"]
        assert (rows[0].reference, rows[0].good, rows[2].replaces_id) == (wrong, 1, rows[0].id)


def test_a_correction_after_the_memo_was_issued_is_refused(opener):
    measured(opener, "turnaround", 1, 100)
    measured(opener, "accuracy", 100, 100)
    close(opener)
    make.reply(opener, "credit_memo", "lin.buyer", as_of=AFTER)
    close(opener)

    with pytest.raises(TooLate, match="CRM-2026-000001 of 2026-10 is issued; what was measured"):
        measured(opener, "turnaround", 98, 100, correct=True, as_of=AFTER)

    assert memos(opener) == [(45_250, "issued")]


def test_whoever_measured_may_not_issue_the_credit_even_as_one_of_two(opener):
    measured(opener, "accuracy", 100, 100, by="gao.ops")
    measured(opener, "turnaround", 1, 100, by="lin.buyer")
    close(opener)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "credit_memo", "lin.buyer", as_of=AFTER)


def test_the_same_counts_again_are_the_same_measurement_and_others_are_refused(opener):
    first = measured(opener, "turnaround", 1, 100)

    assert measured(opener, "turnaround", 1, 100) == first
    with pytest.raises(AlreadyMeasured, match=f"{first} says 1 good of 100"):
        measured(opener, "turnaround", 2, 100)


UNMEASURABLE: dict[str, dict[str, Any]] = {
    "2026-11 is not over": {"level": "turnaround", "month": "2026-11"},
    "was not in force in 2026-09": {"level": "turnaround", "month": "2026-09"},
    "has no service level 'speed'; it has turnaround, accuracy": {"level": "speed"},
    r"nobody is known as 'no\.one'": {"level": "turnaround", "by": "no.one"},
    "was not measured; nothing to correct": {"level": "turnaround", "correct": True},
}


def test_what_cannot_be_measured_is_refused(opener):
    for sentence, told in UNMEASURABLE.items():
        with pytest.raises(NotMeasurable, match=sentence):
            measured(opener, **{"good": 1, "total": 1, **told})
    with pytest.raises(Refused, match="2 good of 1 cannot be"):
        measured(opener, "turnaround", 2, 1)
