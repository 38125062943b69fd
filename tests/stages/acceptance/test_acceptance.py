from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.stages.acceptance.sheets import agreed, line, sheet
from vendorops.books import Answer, answer, waiting
from vendorops.books.questions import NotAllowed
from vendorops.stages import sweep
from vendorops.stages.acceptance import submit
from vendorops.stages.acceptance.asking import delivered, question
from vendorops.tables import Decision, Refusal, ServiceSheet


@pytest.fixture
def submitted(opener):
    """A sheet of two lines, WRK-2026-000001 of 7.5 hours and WRK-2026-000002 of 8."""
    with opener()() as books:
        return submit(books, sheet(agreed(books), line(), line(quantity="8"))).id


def accepted(opener, ident):
    with opener()() as books:
        row = books.get(ServiceSheet, ident)
        return row.status, [item.accepted_e4 for item in make.items_of(books, row)]


def test_an_approved_sheet_is_accepted_whole(opener, submitted):
    assert sweep("acceptance", opener()).waiting == ["SES-2026-000001"]

    make.reply(opener, "acceptance", "lin.buyer")
    sweep("acceptance", opener())

    assert accepted(opener, submitted) == ("accepted", [75_000, 80_000])


def test_quantities_in_the_answer_accept_a_part_of_the_work(opener, submitted):
    sweep("acceptance", opener())

    detail = {"accept": {"WRK-2026-000002": "6.5"}}
    make.reply(opener, "acceptance", "lin.buyer", detail=detail)
    sweep("acceptance", opener())

    assert accepted(opener, submitted) == ("partly_accepted", [75_000, 65_000])


def test_a_rejected_sheet_accepts_nothing(opener, submitted):
    sweep("acceptance", opener())

    make.reply(opener, "acceptance", "lin.buyer", "reject")
    sweep("acceptance", opener())

    assert accepted(opener, submitted) == ("rejected", [0, 0])


def test_running_the_stage_twice_asks_and_accepts_once(opener, submitted):
    for _ in range(2):
        sweep("acceptance", opener())
    make.reply(opener, "acceptance", "lin.buyer")

    for _ in range(2):
        sweep("acceptance", opener(), [submitted])

    with opener()() as books:
        assert make.only(books, Decision).status == "answered"
    assert accepted(opener, submitted) == ("accepted", [75_000, 80_000])


UNUSABLE = {
    "WRK-2026-000002: 8.5 cannot be accepted of 8 delivered": {"WRK-2026-000002": "8.5"},
    "WRK-2026-000002: -1 cannot be accepted": {"WRK-2026-000002": "-1"},
    "'WRK-2026-000099' is not on this sheet": {"WRK-2026-000099": "1"},
    "write the accepted quantity as text": {"WRK-2026-000002": 6},
    "'six' is not a plain decimal": {"WRK-2026-000002": "six"},
    "nothing of the sheet is accepted": {"WRK-2026-000001": "0", "WRK-2026-000002": "0"},
}


@pytest.mark.parametrize("sentence", UNUSABLE)
def test_an_answer_with_wrong_quantities_is_refused_and_asked_again(opener, submitted, sentence):
    sweep("acceptance", opener())
    make.reply(opener, "acceptance", "lin.buyer", detail={"accept": UNUSABLE[sentence]})

    outcome = sweep("acceptance", opener())

    assert sentence in outcome.refused[0][1]
    assert accepted(opener, submitted) == ("submitted", [0, 0])
    with opener()() as books:
        assert sentence in waiting(books)[0].question


def test_a_corrected_answer_goes_through_and_resolves_the_refusal(opener, submitted):
    sweep("acceptance", opener())
    for quantity in ("9", "8.01", "7"):
        detail = {"accept": {"WRK-2026-000002": quantity}}
        make.reply(opener, "acceptance", "lin.buyer", detail=detail)
        sweep("acceptance", opener())

    assert accepted(opener, submitted) == ("partly_accepted", [75_000, 70_000])
    with opener()() as books:
        assert all(row.resolved_on for row in books.session.exec(select(Refusal)))


def test_a_detail_with_a_misspelt_key_accepts_nothing(opener, submitted):
    sweep("acceptance", opener())
    make.reply(opener, "acceptance", "lin.buyer", detail={"acept": {"WRK-2026-000002": "1"}})

    outcome = sweep("acceptance", opener())

    assert "the detail is not understood" in outcome.refused[0][1]
    assert accepted(opener, submitted) == ("submitted", [0, 0])


@pytest.mark.usefixtures("submitted")
@pytest.mark.parametrize("who", ["he.hengxin", "wang.approver"])
def test_neither_the_supplier_nor_a_wrong_role_may_accept(opener, who):
    sweep("acceptance", opener())

    with pytest.raises(NotAllowed):
        make.reply(opener, "acceptance", who)


def test_a_buyer_who_submitted_the_sheet_may_not_accept_it(opener):
    with opener()() as books:
        submit(books, sheet(agreed(books), submitted_by="lin.buyer"))
    sweep("acceptance", opener())

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "acceptance", "lin.buyer")


def test_a_buyer_may_not_accept_more_than_the_limit_held(opener):
    with opener()() as books:
        submit(books, sheet(agreed(books)))
        make.person(books, "small.buyer")
        make.grant(books, "small.buyer", "buyer", limit_minor=34_874, currency="CNY")
    sweep("acceptance", opener())

    with pytest.raises(NotAllowed, match=r"348\.75 CNY"):
        make.reply(opener, "acceptance", "small.buyer")


def test_what_the_buyer_sees_holds_every_line_with_price_and_amount(opener, submitted):
    with opener()() as books:
        row = books.get(ServiceSheet, submitted)

        shown: Mapping[str, Any] = question(books, row, delivered(books, row), {}).content

        assert shown["amount"] == "720.75 CNY"
        assert shown["lines"][0] == {
            "reference": "WRK-2026-000001",
            "term": "regular_hours",
            "description": "分拣 sorting, week 41",
            "performed_on": "2026-10-09",
            "quantity": "7.5",
            "price": "46.50",
            "basis": "0.00",
            "amount": "348.75 CNY",
        }


def test_an_answer_counts_only_for_the_content_that_was_shown(opener, submitted):
    sweep("acceptance", opener())
    with opener()() as books:
        asked = waiting(books)[0].reference
        row = books.get(ServiceSheet, submitted)
        make.items_of(books, row)[0].description = "something else"
    with opener(actor="lin.buyer")() as books:
        answer(books, Answer(asked, "approve", "seen"))

    outcome = sweep("acceptance", opener())

    assert outcome.waiting == ["SES-2026-000001"]
    assert accepted(opener, submitted) == ("submitted", [0, 0])
