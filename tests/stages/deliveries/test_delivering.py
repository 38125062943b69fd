from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.make.statements import (
    EVENT,
    FIRST_FEE,
    HOURS,
    KICK_OFF,
    SECOND_FEE,
    UNITS,
    decide_deliveries,
    delivered,
    outsourcing,
    statement,
)
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.stages.deliveries import (
    AlreadyDelivered,
    NotDeliverable,
    OverTheBudget,
    OverTheMost,
    withdraw_delivery,
)
from vendorops.tables import Delivery, ServiceSheet, StoredDocument, WorkItem, WorkOrder

DAY = date(2026, 10, 8)
AFTER = date(2026, 11, 3)


@pytest.fixture
def sow(opener):
    """The statement of work of all five kinds, active in October."""
    with opener(as_of=date(2026, 10, 1))() as books:
        return statement(books).reference


def states(opener):
    with opener(as_of=AFTER)() as books:
        rows = books.session.exec(select(Delivery).order_by(col(Delivery.id)))
        return [(row.status, row.grade) for row in rows]


@pytest.mark.usefixtures("sow")
def test_an_event_goes_before_a_buyer_at_once_and_units_when_their_month_is_over(opener):
    delivered(opener, EVENT, DAY)
    delivered(opener, UNITS, DAY, "12000")

    sweep("deliveries", opener(as_of=DAY))
    with opener(as_of=DAY)() as books:
        (item,) = books.session.exec(select(WorkItem))
        assert (item.term, item.quantity_e4, item.price_e6) == (
            "milestone",
            10_000,
            120_000_000_000,
        )
    sweep("deliveries", opener(as_of=AFTER))

    with opener(as_of=AFTER)() as books:
        sheets = books.session.exec(select(ServiceSheet)).all()
        assert [(row.month, row.submitted_by) for row in sheets] == [("2026-10", "he.hengxin")] * 2
        terms = [
            row.term for row in books.session.exec(select(WorkItem).order_by(col(WorkItem.id)))
        ]
        assert terms == ["milestone", "document_processed"]


@pytest.mark.usefixtures("sow")
def test_what_one_person_reported_of_a_month_stands_on_one_sheet(opener):
    for number, quantity in ((UNITS, "100"), (HOURS, "7.5"), (UNITS, "50")):
        delivered(opener, number, DAY, quantity)
    delivered(opener, HOURS, DAY, "2", by="lin.buyer")

    for _ in range(2):
        sweep("deliveries", opener(as_of=AFTER))

    with opener(as_of=AFTER)() as books:
        sheets = books.session.exec(select(ServiceSheet).order_by(col(ServiceSheet.id))).all()
        assert [row.submitted_by for row in sheets] == ["he.hengxin", "lin.buyer"]
        assert [len(make.items_of(books, row)) for row in sheets] == [3, 1]


@pytest.mark.usefixtures("sow")
def test_evidence_is_kept_under_its_hash_and_the_sheet_names_it(opener):
    delivered(opener, EVENT)
    sweep("deliveries", opener(as_of=DAY))

    with opener(as_of=DAY)() as books:
        kept = {row.title: row.sha256 for row in books.session.exec(select(StoredDocument))}
        proof = kept["evidence of DEL-2026-000001"]
        sheet = make.only(books, ServiceSheet)
        (source,) = books.settings.documents.rglob(f"{sheet.source_sha256}*")
        assert proof in source.read_text("utf-8")


@pytest.mark.usefixtures("sow")
def test_a_part_is_accepted_and_the_rejected_rest_is_delivered_again(opener):
    first = delivered(opener, UNITS, DAY, "50000")
    decide_deliveries(opener, AFTER, detail={"accept": {"WRK-2026-000001": "48000"}})

    with pytest.raises(OverTheMost, match="48000 accepted and 0 waiting go beyond 50000"):
        delivered(opener, UNITS, DAY, "2001", as_of=AFTER)
    with pytest.raises(NotDeliverable, match="leaves 2000 to make good, not 2001"):
        delivered(opener, UNITS, DAY, "2001", as_of=AFTER, rework_of=first)
    delivered(opener, UNITS, DAY, "1500", as_of=AFTER, rework_of=first)
    with pytest.raises(NotDeliverable, match="leaves 500 to make good"):
        delivered(opener, UNITS, DAY, "501", as_of=AFTER, rework_of=first)
    decide_deliveries(opener, AFTER)

    assert states(opener) == [("partly_accepted", ""), ("accepted", "")]


@pytest.mark.usefixtures("sow")
def test_a_rejected_milestone_may_be_delivered_again_and_an_accepted_one_not(opener):
    first = delivered(opener, EVENT)
    with pytest.raises(AlreadyDelivered, match="Archive database: it waits to be accepted before"):
        delivered(opener, EVENT)
    decide_deliveries(opener, DAY, "reject")

    delivered(opener, EVENT, date(2026, 10, 9), rework_of=first)
    detail = {"grade": {"WRK-2026-000002": "B"}}
    decide_deliveries(opener, date(2026, 10, 9), detail=detail)

    with pytest.raises(AlreadyDelivered, match="it was accepted before; once is all"):
        delivered(opener, EVENT, date(2026, 10, 10))
    assert states(opener) == [("rejected", ""), ("accepted", "B")]


@pytest.mark.usefixtures("sow")
def test_an_event_that_costs_nothing_must_still_be_accepted(opener):
    delivered(opener, KICK_OFF, date(2026, 10, 2))

    decide_deliveries(opener, DAY)

    assert states(opener) == [("accepted", "")]
    with opener(as_of=DAY)() as books:
        assert make.only(books, WorkItem).price_e6 == 0


def test_silence_accepts_a_sheet_of_deliveries_where_the_contract_says_so(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books, outsourcing(books, deemed_days=7))
    delivered(opener, EVENT)
    for stage in ("deliveries", "acceptance"):
        sweep(stage, opener(as_of=DAY))

    for stage in ("acceptance", "deliveries"):
        sweep(stage, opener(as_of=date(2026, 10, 30)))

    assert states(opener) == [("accepted", "")]


REFUSED = {
    "2027-01-01 is outside": (UNITS, date(2027, 1, 1), "1"),
    "has no line 9": (9, DAY, "1"),
    "line 3 is due on 2026-11-15": (SECOND_FEE, DAY, "1"),
    "2 of it cannot be delivered": (FIRST_FEE, date(2026, 10, 15), "2"),
    "0 of it cannot be delivered": (UNITS, DAY, "0"),
    "-1 of it cannot be delivered": (HOURS, DAY, "-1"),
}


@pytest.mark.usefixtures("sow")
def test_a_delivery_that_no_line_or_day_allows_for_is_refused(opener):
    for sentence, (number, day, quantity) in REFUSED.items():
        with pytest.raises(NotDeliverable, match=sentence):
            delivered(opener, number, day, quantity)

    assert states(opener) == []


@pytest.mark.usefixtures("sow")
def test_work_of_days_to_come_without_evidence_or_by_nobody_is_refused(opener):
    with pytest.raises(NotDeliverable, match="give a file that proves the delivery"):
        delivered(opener, EVENT, evidence=[])
    with pytest.raises(Refused, match="2026-10-08 has not come yet"):
        delivered(opener, EVENT, DAY, as_of=date(2026, 10, 7))
    with pytest.raises(Refused, match=r"nobody is known as 'no\.one'"):
        delivered(opener, EVENT, DAY, by="no.one")


def test_nothing_is_delivered_under_an_order_that_has_not_begun(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books, status="draft")
    with pytest.raises(NotDeliverable, match="is draft, not active"):
        delivered(opener, EVENT)

    with opener(as_of=date(2026, 10, 1))() as books:
        make.reach(books, make.only(books, WorkOrder), "accepted")

    with pytest.raises(NotDeliverable, match="is accepted, not active"):
        delivered(opener, EVENT)


def test_hours_beyond_the_most_or_the_budget_wait_for_a_change_order(opener):
    with opener(as_of=date(2026, 10, 1))() as books:
        statement(books, budget="130100.00")
    delivered(opener, HOURS, DAY, "0.2307")
    delivered(opener, EVENT)
    delivered(opener, FIRST_FEE, date(2026, 10, 15))

    with pytest.raises(OverTheMost, match=r"40 more than 0 accepted and 0\.2307 waiting"):
        delivered(opener, HOURS, DAY, "40")
    delivered(opener, HOURS, DAY, "11.5386")
    with pytest.raises(OverTheBudget, match=r"0\.91 CNY more would go beyond the 130100"):
        delivered(opener, UNITS, DAY, "1")


@pytest.mark.usefixtures("sow")
def test_a_delivery_is_withdrawn_by_whoever_reported_it_until_it_is_on_a_sheet(opener):
    delivered(opener, UNITS, DAY, "50000")
    with (
        opener(as_of=DAY, actor="lin.buyer")() as books,
        pytest.raises(Refused, match="hengxin"),
    ):
        withdraw_delivery(books, make.only(books, Delivery), "not mine")

    with opener(as_of=DAY, actor="he.hengxin")() as books:
        withdraw_delivery(books, make.only(books, Delivery), "counted wrongly")

    delivered(opener, UNITS, DAY, "50000")
    sweep("deliveries", opener(as_of=AFTER))
    assert states(opener) == [("withdrawn", ""), ("reported", "")]


@pytest.mark.usefixtures("sow")
def test_work_done_in_time_is_reported_after_the_order_is_over(opener):
    late = date(2027, 1, 4)
    sweep("ordering", opener(as_of=late))

    delivered(opener, UNITS, date(2026, 12, 31), "10", as_of=late)

    with opener(as_of=late)() as books:
        assert make.only(books, WorkOrder).status == "closed"
