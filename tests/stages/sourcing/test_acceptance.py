"""Who accepts an offer becomes a worker; the last acceptance fills the requisition."""

import pytest
from sqlmodel import select

from tests import make
from tests.stages.sourcing.line import FIRST, SECOND, Line, both_at_once, nth_number, suppliers
from vendorops.books import vault
from vendorops.domain.lifecycle import WorkerStatus
from vendorops.tables import (
    Contract,
    Distribution,
    Interview,
    Offer,
    Placement,
    Requisition,
    Submission,
    Supplier,
    Worker,
)
from vendorops.working import sourcing
from vendorops.working.sourcing.accepting import NotAcceptable
from vendorops.working.sourcing.offering import NoPositionLeft
from vendorops.working.sourcing.rights import NotTheirs
from vendorops.working.sourcing.states import TooLate


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


def test_a_hire_under_a_contract_that_prices_no_fee_is_no_placement_yet(line):
    line.open(**both_at_once())
    line.accept(line.offered())
    with line.books("reader") as books:
        assert not books.session.exec(select(Placement)).all()


def test_a_hire_under_a_contract_that_prices_it_is_a_placement_from_then_on(settings):
    line = Line(settings)
    with line.books("system:test") as books:
        suppliers(
            books, [{"code": "placement_fee", "kind": "share", "value": "0.18"} | {"unit": "C62"}]
        )
    line.open(**both_at_once())
    offer = line.offered()

    line.accept(offer)

    with line.books("reader") as books:
        placement = make.only(books, Placement)
        assert (placement.offer_reference, placement.fee_term) == (offer, "placement_fee")
        assert placement.base_salary_minor == make.only(books, Offer).amount_minor
        assert placement.worker_id == make.only(books, Worker).id


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
    waiting_one = line.shortlist(line.submit(SECOND, number=nth_number(1)))
    meeting = line.propose(submission=waiting_one)
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
