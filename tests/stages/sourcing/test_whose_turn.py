"""Every hour from opening to filling belongs to supplier, buyer or program, by the rows alone."""

from datetime import timedelta

from tests.stages.sourcing.line import (
    FIRST,
    SECOND,
    asked,
    both_at_once,
    form,
    nth_number,
    offering,
)
from vendorops.domain.turns import Turn, attributed
from vendorops.tables import Requisition, Submission
from vendorops.working import sourcing
from vendorops.working.sourcing.history import turns_of_requisition, turns_of_submission


def hours(line, turns, reference, table):
    """Return how many hours each had to act so far."""
    with line.books("reader") as books:
        told = turns(books, books.named(table, reference))
    return {
        whose.value: span / timedelta(hours=1)
        for whose, span in attributed(told, line.now).items()
    }


def opened(line, approved_after, sent_after):
    """Have a requisition for one approved, and sent out, after so many hours."""
    with line.books() as books:
        sourcing.open_requisition(books, form(asked(positions="1", **both_at_once())))
    line.run("requisitions")
    line.wait(hours=approved_after)
    line.reply("requisition")
    line.run("requisitions")
    line.wait(hours=sent_after)
    line.run("distribution")


def met(line, found, confirmed_after, held_after):
    """Let a candidate be met: the supplier takes so long to confirm, the buyer to hold it."""
    with line.books() as books:
        times = {"starts_at": line.now.isoformat(), "ends_at": f"{line.now:%Y-%m-%d}T23:59Z"}
        meeting = sourcing.propose_interview(
            books, form({"submission": found, "panel": ["lin.buyer"], **times})
        ).reference
    line.wait(hours=confirmed_after)
    with line.books(FIRST) as books:
        sourcing.confirm(books, meeting)
    line.wait(hours=held_after)
    with line.books() as books:
        sourcing.hold(books, meeting, "went well")


def test_every_hour_from_opening_to_filling_is_somebodys(line):
    opened(line, approved_after=10, sent_after=2)  # Buyer, then program.
    line.wait(hours=30)  # Supplier: the first candidate.
    found = line.submit(FIRST)
    line.wait(hours=7)  # Buyer: the short list.
    with line.books() as books:
        sourcing.shortlist(books, found, "suits")
    met(line, found, confirmed_after=5, held_after=3)  # Supplier, then buyer.
    with line.books() as books:
        offer = sourcing.draft_offer(books, form(offering(found))).reference
    line.run("offers")
    line.wait(hours=4)  # Buyer: approval of the offer.
    line.reply("offer")
    line.run("offers")
    line.wait(hours=20)  # Supplier: the answer.
    line.accept(offer)
    line.wait(hours=100)  # Nobody's: it is filled.

    whole = hours(line, turns_of_requisition, "REQ-2026-000001", Requisition)
    one = hours(line, turns_of_submission, found, Submission)

    assert whole == {"supplier": 30 + 5 + 20, "buyer": 10 + 7 + 3 + 4, "program": 2}
    assert one == {"supplier": 5 + 20, "buyer": 7 + 3 + 4, "program": 0}


def test_a_supplier_is_not_charged_while_any_candidate_waits_for_the_buyer(line):
    line.open(**both_at_once())
    line.submit(FIRST)
    line.wait(hours=6)
    second = line.submit(SECOND, number=nth_number(1))
    with line.books() as books:
        sourcing.reject(books, "SUB-2026-000001", "too far away")
    line.wait(hours=6)
    with line.books() as books:
        sourcing.reject(books, second, "too far away, too")
    line.wait(hours=8)

    assert hours(line, turns_of_requisition, "REQ-2026-000001", Requisition) == {
        Turn.SUPPLIER: 8,
        Turn.BUYER: 12,
        Turn.PROGRAM: 0,
    }


def test_an_offer_taken_back_is_the_buyers_turn_again(line):
    line.open(**both_at_once())
    offer = line.offered()
    line.wait(hours=3)
    with line.books() as books:
        sourcing.take_back(books, offer, "the budget changed")
    line.wait(hours=5)

    assert hours(line, turns_of_submission, "SUB-2026-000001", Submission) == {
        Turn.SUPPLIER: 3,
        Turn.BUYER: 5,
        Turn.PROGRAM: 0,
    }
