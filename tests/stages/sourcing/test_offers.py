"""Candidates are met and offered a position; the last acceptance fills the requisition."""

import pytest

from tests.stages.sourcing.line import (
    FIRST,
    SECOND,
    Refusals,
    beside,
    both_at_once,
    form,
    nth_number,
    proposed,
)
from vendorops.books import Answer, answer, waiting
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import SupplierStatus
from vendorops.tables import (
    Offer,
    Submission,
    Supplier,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.offering import AboveBudget, NoPositionLeft, NotOfferable
from vendorops.working.sourcing.states import TooLate


def test_an_offer_is_released_once_somebody_else_approved_it(line, shortlisted):
    offer = line.draft(shortlisted)
    assert line.run("offers")["offers"].waiting == [offer]
    with line.books("lin.buyer") as books, pytest.raises(NotAllowed, match="took part"):
        answer(books, Answer(waiting(books)[0].reference, "approve", "mine", {}))
    line.wait(hours=6)
    line.reply("offer")

    line.run("offers")

    row = line.seen(Offer, offer)
    assert (row.status, row.approved_by, row.released_at) == (
        "released",
        "wang.approver",
        line.now,
    )
    found = line.seen(Submission, shortlisted)
    assert (found.status, found.offered_at) == ("offered", line.now)


def test_no_more_is_offered_than_there_are_positions(line):
    line.open(positions="1", **both_at_once())
    line.offered()
    other = line.shortlist(line.submit(SECOND, number=nth_number(1)))

    with pytest.raises(NoPositionLeft, match="has 1 positions, and as many offers"):
        line.draft(other)
    with line.books() as books:
        sourcing.take_back(books, "OFR-2026-000001", "the other is better")

    assert line.draft(other) == "OFR-2026-000002"


OFFERS: Refusals = {
    "is above the budget of REQ-2026-000001": (AboveBudget, {"amount": "240000.01"}),
    "must be above nothing": (NotOfferable, {"amount": "0"}),
    "pay no more than it": (NotOfferable, {"pay": "220000.01"}),
    "2026-11-03 is past": (NotOfferable, {"expires_on": "2026-11-03"}),
    "must come after 2026-11-18": (NotOfferable, {"starts_on": "2026-11-18"}),
    "does not cover 2027-10-01": (NotOfferable, {"starts_on": "2027-10-01"}),
}


def test_an_offer_that_cannot_be_made_is_refused(line, shortlisted):
    for sentence, (refusal, changed) in OFFERS.items():
        with pytest.raises(refusal) as told:
            line.draft(shortlisted, **changed)
        assert sentence in str(told.value)

    assert line.draft(shortlisted, amount="240000.00") == "OFR-2026-000001"
    with pytest.raises(NotOfferable, match="has OFR-2026-000001, which is draft"):
        line.draft(shortlisted)


def test_nobody_is_offered_anything_who_was_not_shortlisted(line):
    line.open()
    found = line.submit(FIRST)

    with pytest.raises(TooLate, match="is submitted and cannot be offered anything"):
        line.draft(found)


def test_a_rejected_offer_is_withdrawn_and_the_candidate_stays_to_be_offered_anew(
    line, shortlisted
):
    offer = line.draft(shortlisted)
    line.run("offers")
    line.reply("offer", says="reject")

    line.run("offers")

    assert line.status(offer) == "withdrawn"
    assert line.status(shortlisted) == "shortlisted"
    assert line.draft(shortlisted, amount="200000.00") == "OFR-2026-000002"


def test_an_offer_through_a_supplier_stopped_meanwhile_is_not_released(line, shortlisted):
    line.draft(shortlisted)
    with line.books("system:test") as books:
        supplier = books.named(Supplier, "SUP-2026-000001")
        books.move(supplier, SupplierStatus.SUSPENDED, because="as the test wants it")

    outcome = line.run("offers")["offers"]

    assert "SUP-2026-000001 is suspended" in outcome.refused[0][1]
    assert line.status("OFR-2026-000001") == "draft"


def test_a_bill_rate_requisition_asks_for_what_the_supplier_bills(line):
    pay = {"kind": "bill_rate", "unit": "hour", "currency": "CNY", "budget": "120.00"}
    line.open(pay=pay | {"units": "800"}, **both_at_once())
    given = proposed(FIRST, pay="60.00", bill="118.00")
    with line.books(FIRST) as books:
        found = sourcing.submit(books, form(given), beside).reference
    with line.books() as books:
        sourcing.shortlist(books, found, "suits")

    offer = line.seen(Offer, line.draft(found, amount="118.00", pay="60.00"))

    assert (offer.pay_kind, offer.pay_unit) == ("bill_rate", "hour")
    assert (offer.amount_minor, offer.pay_minor) == (11_800, 6_000)
    line.run("offers")
    with line.books("reader") as books:
        (question,) = waiting(books)
    assert question.amount_minor == 11_800 * 800
