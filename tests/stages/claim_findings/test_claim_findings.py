"""What was found on a claim when it came is somebody's to look at until he has."""

import pytest
from sqlmodel import select

from tests import make
from tests.stages.intake.claims import known, line, paper, written
from vendorops.books import waiting
from vendorops.books.answers.claim_finding import TooLateToHold
from vendorops.domain.lifecycle import InvoiceHoldStatus, InvoiceStatus
from vendorops.domain.paper import PaymentMeans
from vendorops.paying.holding import active_holds
from vendorops.stages import claim_findings, sweep
from vendorops.stages.exceptions.listing import Wanted, page
from vendorops.stages.intake import receive
from vendorops.tables import CheckFinding, Decision, Invoice, InvoiceHold

OTHER = "6222020200019990001"
STAGE, KIND = "claim_findings", "claim_finding"


def claimed(opener, **told):
    """A claim that asks to be paid to an account nobody approved, taken in and booked."""
    with opener()() as books:
        make.people(books)
        of = known(books)
        document = paper(of, means=PaymentMeans("30", account=OTHER), **told)
        receive(books, written("ubl", document), "claim.xml")
    assert sweep("intake", opener()).refused == []


def test_a_finding_is_asked_about_once_with_an_owner_and_a_day(opener):
    claimed(opener)

    assert sweep(STAGE, opener()).waiting == ["INV-2026-000001"]
    assert sweep(STAGE, opener()).waiting == ["INV-2026-000001"]

    with opener()() as books:
        [asked] = waiting(books)
        assert (asked.kind, asked.role, asked.owner) == (KIND, "finance", "zhao.finance")
        assert asked.due_on > books.as_of
        found = make.only(books, CheckFinding)
        assert found.message in asked.question
        assert OTHER not in asked.question


def test_a_claim_without_findings_is_nobodys(opener):
    with opener()() as books:
        make.people(books)
        receive(books, written("ubl", paper(known(books))), "claim.xml")
    sweep("intake", opener())

    assert sweep(STAGE, opener()).waiting == []


def test_found_in_order_nothing_of_the_claim_stops(opener):
    claimed(opener)
    sweep(STAGE, opener())
    make.reply(opener, KIND, "zhao.finance")

    assert sweep(STAGE, opener()).advanced == ["INV-2026-000001"]

    with opener()() as books:
        assert claim_findings.ready(books) == []
        assert books.session.exec(select(InvoiceHold)).all() == []


def test_found_out_of_order_the_claim_is_held_in_the_words_of_who_said_so(opener):
    claimed(opener)
    sweep(STAGE, opener())
    make.reply(opener, KIND, "zhao.finance", "reject")

    assert sweep(STAGE, opener()).refused == []
    sweep(STAGE, opener())

    with opener()() as books:
        hold = make.only(books, InvoiceHold)
        assert hold.status == InvoiceHoldStatus.ACTIVE
        assert (hold.held_by, hold.reason) == (
            "zhao.finance",
            "DEC-2026-000001: as the test wants it",
        )
        assert active_holds(books, hold.invoice_id) == [hold]
        assert claim_findings.ready(books) == []


@pytest.mark.breaks("M11", "M26")  # It is moved to the end without settlement or match.
def test_a_claim_that_was_paid_cannot_be_held_any_more(opener):
    claimed(opener)
    sweep(STAGE, opener())
    with opener()() as books:
        make.reach(books, make.only(books, Invoice), InvoiceStatus.PAID)

    with pytest.raises(TooLateToHold, match="open a dispute"):
        make.reply(opener, KIND, "zhao.finance", "reject")


def test_the_question_about_a_rejected_claim_is_taken_back(opener):
    claimed(opener)
    sweep(STAGE, opener())
    with opener()() as books:
        books.move(make.only(books, Invoice), InvoiceStatus.REJECTED, because="sent by mistake")

    sweep(STAGE, opener())

    with opener()() as books:
        assert waiting(books) == []
        assert claim_findings.ready(books) == []


def test_an_exception_of_such_a_claim_is_listed_once_and_both_are_asked(opener):
    claimed(opener, lines=(line(),))
    sweep(STAGE, opener())
    sweep("reconciliation", opener(month="2026-09"))
    sweep("reconciliation", opener(month="2026-10"))
    sweep("exceptions", opener())

    with opener()() as books:
        assert {asked.kind for asked in waiting(books)} == {KIND, "exception"}
        [row] = page(books, Wanted())
        exception = make.only(books, Decision, kind="exception")
        assert (row.reason, row.decision) == ("no_reference", exception.reference)
