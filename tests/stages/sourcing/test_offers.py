"""Candidates are met and offered a position; the last acceptance fills the requisition."""

import pytest

from tests import make
from tests.stages.sourcing.line import (
    beside,
    both_at_once,
    form,
    nth_number,
    offering,
    proposed,
)
from vendorops.books import Answer, answer, vault, waiting
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import SupplierStatus, WorkerStatus
from vendorops.tables import (
    Contract,
    Distribution,
    Interview,
    Offer,
    Requisition,
    Submission,
    Supplier,
    Worker,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.accepting import NotAcceptable
from vendorops.working.sourcing.interviewing import NotMeetable
from vendorops.working.sourcing.offering import AboveBudget, NoPositionLeft, NotOfferable
from vendorops.working.sourcing.rights import NotTheirs
from vendorops.working.sourcing.states import TooLate

FIRST, SECOND = "he.hengxin", "mo.morgen"
MEETING = {
    "submission": "SUB-2026-000001",
    "starts_at": "2026-11-05T14:00+08:00",
    "ends_at": "2026-11-05T15:00+08:00",
    "panel": ["zhao.finance", "lin.buyer"],
    "where": "room 3",
}


@pytest.fixture
def shortlisted(line):
    """One candidate of the first recruiter on the short list."""
    line.open(**both_at_once())
    found = line.submit(FIRST)
    with line.books() as books:
        sourcing.shortlist(books, found, "suits")
    return found


def propose(line, **changed):
    with line.books() as books:
        return sourcing.propose_interview(books, form(MEETING | changed)).reference


def draft(line, submission, **changed):
    with line.books() as books:
        return sourcing.draft_offer(books, form(offering(submission, **changed))).reference


def test_a_meeting_is_proposed_confirmed_and_held(line, shortlisted):
    meeting = propose(line)
    assert line.status(shortlisted) == "interviewing"
    line.wait(hours=2)
    with line.books(FIRST) as books:
        sourcing.confirm(books, meeting)
    with line.books() as books, pytest.raises(NotMeetable, match="has not come yet"):
        sourcing.hold(books, meeting, "went well")
    line.wait(days=1)

    with line.books() as books:
        sourcing.hold(books, meeting, "went well")

    row = line.seen(Interview, meeting)
    assert (row.status, row.round, row.panel) == ("done", 1, "zhao.finance lin.buyer")
    assert (row.confirmed_by, row.ended_by, row.ended_at) == (FIRST, "lin.buyer", line.now)
    assert line.seen(Submission, shortlisted).interviewing_at == row.proposed_at


def test_a_candidate_who_does_not_come_may_be_met_again(line, shortlisted):
    meeting = propose(line)
    with line.books(FIRST) as books:
        sourcing.confirm(books, meeting)
    line.wait(days=1)
    with line.books() as books:
        sourcing.miss(books, meeting, "nobody came")

    times = {"starts_at": "2026-11-09T14:00+08:00", "ends_at": "2026-11-09T15:00+08:00"}
    again = line.seen(Interview, propose(line, **times))

    assert line.seen(Interview, meeting).status == "no_show"
    assert (again.round, again.status) == (2, "proposed")
    assert line.status(shortlisted) == "interviewing"


MEETINGS = {
    "must end after it starts": (NotMeetable, {"ends_at": "2026-11-05T14:00+08:00"}),
    "is past": (
        NotMeetable,
        {"starts_at": "2026-11-03T14:00+08:00", "ends_at": "2026-11-03T15:00+08:00"},
    ),
    "panel 1: nobody is known": (NotTheirs, {"panel": ["no.body"]}),
    "he.hengxin belongs to a supplier": (NotTheirs, {"panel": ["lin.buyer", FIRST]}),
}


def test_a_meeting_that_cannot_be_is_refused(line, shortlisted):
    for sentence, (refusal, changed) in MEETINGS.items():
        with pytest.raises(refusal) as told:
            propose(line, **changed)
        assert sentence in str(told.value)
    with line.books(FIRST) as books, pytest.raises(NotTheirs, match="may not propose"):
        sourcing.propose_interview(books, form(MEETING))

    assert line.status(shortlisted) == "shortlisted"


def test_an_offer_is_released_once_somebody_else_approved_it(line, shortlisted):
    offer = draft(line, shortlisted)
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


def test_who_accepts_becomes_a_worker_of_the_supplier_with_his_number_in_the_vault(line):
    line.open(**both_at_once())
    offer = line.offered()

    line.accept(offer)

    row, found = line.seen(Offer, offer), line.seen(Submission, "SUB-2026-000001")
    worker = line.seen(Worker, "WKR-2026-000001")
    assert (row.status, found.status, worker.status) == ("accepted", "accepted", "active")
    assert row.worker_id == found.worker_id == worker.id
    assert (worker.name, worker.supplier_id) == ("李小红", row.supplier_id)
    assert worker.identifier_index == found.candidate_key
    with line.books("reader") as books:
        held = vault.reveal(books, books.get(Worker, worker.id), "identifier")
    assert held == nth_number(0)
    assert line.status("REQ-2026-000001") == "in_progress"


def test_a_worker_the_supplier_has_already_is_the_same_and_active_again(line):
    line.open(**both_at_once())
    line.accept(line.offered())
    with line.books("system:test") as books:
        worker = books.named(Worker, "WKR-2026-000001")
        books.move(worker, WorkerStatus.INACTIVE, because="as the test wants it")
    second = line.open(**both_at_once())

    line.accept(line.offered(requisition=second))

    assert line.seen(Worker, "WKR-2026-000001").status == "active"
    assert line.seen(Offer, "OFR-2026-000002").worker_id == worker.id


def test_the_last_position_fills_the_requisition_and_ends_what_is_left_with_the_reason(line):
    requisition = line.open(positions="1", **both_at_once())
    waiting_one = line.submit(SECOND, number=nth_number(1))
    with line.books() as books:
        sourcing.shortlist(books, waiting_one, "as good")
    meeting = propose(line, submission=waiting_one)
    offer = line.offered()
    line.wait(hours=1)

    line.accept(offer)

    row = line.seen(Requisition, requisition)
    because = "OFR-2026-000001 took the last position"
    assert (row.status, row.filled_at, row.ended_because) == ("filled", line.now, because)
    left = line.seen(Submission, waiting_one)
    assert (left.status, left.ended_because) == (
        "rejected",
        f"REQ-2026-000001 is filled: {because}",
    )
    assert line.seen(Interview, meeting).status == "cancelled"
    assert line.seen(Distribution, "DIS-2026-000002").status == "responded"


def test_no_more_is_offered_than_there_are_positions(line):
    line.open(positions="1", **both_at_once())
    line.offered()
    other = line.submit(SECOND, number=nth_number(1))
    with line.books() as books:
        sourcing.shortlist(books, other, "as good")

    with pytest.raises(NoPositionLeft, match="has 1 positions, and as many offers"):
        draft(line, other)
    with line.books() as books:
        sourcing.take_back(books, "OFR-2026-000001", "the other is better")

    assert draft(line, other) == "OFR-2026-000002"


@pytest.mark.breaks("S43", "S44")
def test_an_acceptance_beyond_the_positions_is_refused_even_if_an_offer_slipped_through(line):
    with line.books("system:test") as books:
        under = books.named(Contract, "CON-2026-000001")
        of = make.requisition(books, positions=1, status="in_progress", started_at=line.now)
        sent = make.distribution(books, of, under)
        supplier = books.get(Supplier, under.supplier_id)
        for number in (1, 2):
            found = make.submission(books, sent, status="offered")
            worker = make.worker(books, supplier, identifier_index=f"no number {number}")
            make.offer(books, found, status="released", worker_id=worker.id)
        make.reach(books, books.named(Offer, "OFR-2026-000001"), "accepted")

    with pytest.raises(NoPositionLeft, match="1 of its 1 positions are taken"):
        line.accept("OFR-2026-000002")


OFFERS = {
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
            draft(line, shortlisted, **changed)
        assert sentence in str(told.value)

    assert draft(line, shortlisted, amount="240000.00") == "OFR-2026-000001"
    with pytest.raises(NotOfferable, match="has OFR-2026-000001, which is draft"):
        draft(line, shortlisted)


def test_nobody_is_offered_anything_who_was_not_shortlisted(line):
    line.open()
    found = line.submit(FIRST)

    with pytest.raises(TooLate, match="is submitted and cannot be offered anything"):
        draft(line, found)


def test_a_declined_offer_and_one_nobody_answered_let_the_candidate_go(line):
    line.open(**both_at_once())
    declined = line.offered()
    silent = line.offered(SECOND, number=nth_number(1))
    with line.books(FIRST) as books:
        sourcing.decline(books, declined, "another firm pays more")
    line.wait(days=15)
    with pytest.raises(NotAcceptable, match="could be accepted until 2026-11-18"):
        line.accept(silent, SECOND)

    line.run("offers")

    assert (line.status(declined), line.status(silent)) == ("declined", "expired")
    gone = line.seen(Submission, "SUB-2026-000001")
    assert (gone.status, gone.ended_because) == (
        "withdrawn",
        "the candidate declined OFR-2026-000001: another firm pays more",
    )
    assert line.status("SUB-2026-000002") == "withdrawn"


def test_a_rejected_offer_is_withdrawn_and_the_candidate_stays_to_be_offered_anew(
    line, shortlisted
):
    offer = draft(line, shortlisted)
    line.run("offers")
    line.reply("offer", says="reject")

    line.run("offers")

    assert line.status(offer) == "withdrawn"
    assert line.status(shortlisted) == "shortlisted"
    assert draft(line, shortlisted, amount="200000.00") == "OFR-2026-000002"


def test_an_offer_through_a_supplier_stopped_meanwhile_is_not_released(line, shortlisted):
    draft(line, shortlisted)
    with line.books("system:test") as books:
        supplier = books.named(Supplier, "SUP-2026-000001")
        books.move(supplier, SupplierStatus.SUSPENDED, because="as the test wants it")

    outcome = line.run("offers")["offers"]

    assert "SUP-2026-000001 is suspended" in outcome.refused[0][1]
    assert line.status("OFR-2026-000001") == "draft"


def test_an_offer_is_answered_by_its_own_supplier_with_proof_and_once(line):
    line.open(**both_at_once())
    offer = line.offered()

    with pytest.raises(NotTheirs, match="neither belongs to SUP-2026-000001"):
        line.accept(offer, SECOND)
    with line.books(FIRST) as books, pytest.raises(NotAcceptable, match="is empty"):
        sourcing.accept(books, offer, b"")
    line.accept(offer)
    with pytest.raises(TooLate, match="is accepted and cannot be accepted"):
        line.accept(offer)


def test_a_bill_rate_requisition_asks_for_what_the_supplier_bills(line):
    pay = {"kind": "bill_rate", "unit": "hour", "currency": "CNY", "budget": "120.00"}
    line.open(pay=pay | {"units": "800"}, **both_at_once())
    given = proposed(FIRST, pay="60.00", bill="118.00")
    with line.books(FIRST) as books:
        found = sourcing.submit(books, form(given), beside).reference
    with line.books() as books:
        sourcing.shortlist(books, found, "suits")

    offer = line.seen(Offer, draft(line, found, amount="118.00", pay="60.00"))

    assert (offer.pay_kind, offer.pay_unit) == ("bill_rate", "hour")
    assert (offer.amount_minor, offer.pay_minor) == (11_800, 6_000)
    line.run("offers")
    with line.books("reader") as books:
        (question,) = waiting(books)
    assert question.amount_minor == 11_800 * 800
