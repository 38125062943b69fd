from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.make.statements import (
    EVENT,
    KICK_OFF,
    UNITS,
    decide_deliveries,
    delivered,
    statement,
)
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.stages import sweep
from vendorops.tables import CreditMemo, Decision, Delivery

DAY = date(2026, 10, 8)
LATE = date(2026, 10, 16)


@pytest.fixture(autouse=True)
def _sow(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books)


def put_before_the_buyer(opener, day=DAY):
    delivered(opener, EVENT, day)
    for stage in ("deliveries", "acceptance"):
        sweep(stage, opener(as_of=day))


UNUSABLE: dict[str, dict[str, Any]] = {
    "is accepted by grade": {},
    "'Z' is no grade; give one of A B C": {"grade": {"WRK-2026-000001": "Z"}},
    "C is below B, the least accepted; accept 0": {"grade": {"WRK-2026-000001": "C"}},
    "'WRK-2026-000009' is not accepted by grade": {"grade": {"WRK-2026-000009": "A"}},
    "write grades as": {"grade": {"WRK-2026-000001": 1}},
}


def test_an_answer_without_a_grade_of_the_scale_is_refused_and_asked_again(opener):
    put_before_the_buyer(opener)
    for sentence, detail in UNUSABLE.items():
        make.reply(opener, "acceptance", "lin.buyer", detail=detail, as_of=DAY)

        outcome = sweep("acceptance", opener(as_of=DAY))

        assert sentence in outcome.refused[0][1]
        with opener(as_of=DAY)() as books:
            assert sentence in waiting(books)[0].question


def test_whoever_reported_a_delivery_may_not_accept_it(opener):
    delivered(opener, EVENT, by="lin.buyer")
    for stage in ("deliveries", "acceptance"):
        sweep(stage, opener(as_of=DAY))

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "acceptance", "lin.buyer", as_of=DAY)


def test_a_grade_given_stands_on_the_delivery(opener):
    delivered(opener, EVENT)

    decide_deliveries(opener, DAY, detail={"grade": {"WRK-2026-000001": "B"}})

    with opener(as_of=DAY)() as books:
        row = make.only(books, Delivery)
        assert (row.status, row.grade) == ("accepted", "B")
        assert not books.session.exec(select(CreditMemo)).all()


def test_a_late_milestone_raises_a_memo_of_its_share_a_day(opener):
    delivered(opener, EVENT, LATE)

    decide_deliveries(opener, LATE, detail={"grade": {"WRK-2026-000001": "A"}})

    with opener(as_of=LATE)() as books:
        memo = make.only(books, CreditMemo)
        assert (memo.kind, memo.month, memo.net_minor) == ("late_delivery", "2026-10", 420_000)
        assert memo.raised_by == "he.hengxin"
        assert memo.source_reference == "DEL-2026-000001"
        assert '"days_late":7' in memo.basis


def test_a_fine_stops_at_its_cap_and_counts_the_day_of_the_rework(opener):
    first = delivered(opener, EVENT, DAY)
    decide_deliveries(opener, DAY, "reject")
    much_later = date(2026, 12, 20)
    delivered(opener, EVENT, much_later, rework_of=first)

    decide_deliveries(opener, much_later, detail={"grade": {"WRK-2026-000002": "A"}})

    with opener(as_of=much_later)() as books:
        memo = make.only(books, CreditMemo)
        assert (memo.month, memo.net_minor) == ("2026-12", 1_200_000)


def test_nothing_is_fined_that_is_rejected_free_or_without_a_day(opener):
    delivered(opener, EVENT, LATE)
    decide_deliveries(opener, LATE, "reject")
    delivered(opener, KICK_OFF, LATE)
    decide_deliveries(opener, LATE)
    delivered(opener, UNITS, LATE, "10")
    decide_deliveries(opener, date(2026, 11, 3))

    with opener(as_of=LATE)() as books:
        assert not books.session.exec(select(CreditMemo)).all()


def test_running_the_stages_again_fines_once_and_a_buyer_issues_the_memo(opener):
    delivered(opener, EVENT, LATE)
    decide_deliveries(opener, LATE, detail={"grade": {"WRK-2026-000001": "A"}})
    for _ in range(2):
        sweep("deliveries", opener(as_of=LATE))
        sweep("crediting", opener(as_of=LATE))

    make.reply(opener, "credit_memo", "lin.buyer", as_of=LATE)
    sweep("crediting", opener(as_of=LATE))

    with opener(as_of=LATE)() as books:
        assert make.only(books, CreditMemo).status == "issued"
        assert len(books.session.exec(select(Decision)).all()) == 2
