import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    balances,
    claim,
    company,
    credit,
    partly_explained,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import Question, decided, waiting
from vendorops.books.questions import NotAllowed
from vendorops.tables import Contract, Settlement


def test_credit_notes_that_outweigh_the_claims_wait_for_later_ones(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        credit(books, contract, 10_000)

    refused = run("settlement", opener).refused
    with opener()() as books:
        claim(books, contract, ("40", "46.50"), month="2026-11")
    run("settlement", opener, month="2026-11")

    assert "carried" in refused[0][1]
    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.month, settlement.net_minor) == ("2026-11", 176_000)


def test_a_rejected_settlement_books_nothing_and_is_not_asked_again(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
    run("settlement", opener)
    make.reply(opener, "settlement", "wang.approver", "reject")

    outcome = run("settlement", opener)

    assert "was rejected and nothing has changed" in outcome.refused[0][1]
    with opener()() as books:
        assert make.only(books, Settlement).status == "rejected"
        assert (balances(books), waiting(books), broken(books)) == ({}, [], [])


def test_after_a_rejection_a_changed_claim_is_settled_anew(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
    run("settlement", opener)
    make.reply(opener, "settlement", "wang.approver", "reject")
    with opener()() as books:
        credit(books, books.get(Contract, contract.id), 10_000)

    settled(opener)

    with opener()() as books:
        found = rows(books, Settlement)
        assert [(row.version, row.status, row.net_minor) for row in found] == [
            (1, "rejected", 186_000),
            (2, "sealed", 176_000),
        ]
        assert broken(books) == []


def test_who_let_an_exception_pass_may_not_approve_its_settlement(opener):
    with opener()() as books:
        company(books)
        make.grant(books, "zhao.finance", "approver")
        invoice = partly_explained(books, staffing(books))
        books.session.flush()
        decided(books, Question("exception", invoice, {"pay": 1}, "Pay?", "finance"))
    make.reply(opener, "exception", "zhao.finance")
    run("settlement", opener)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "settlement", "zhao.finance")


def test_a_settlement_beyond_the_cap_is_refused_before_anybody_is_asked(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books, cap_minor=185_999), ("40", "46.50"))

    outcome = run("settlement", opener)

    assert "cap exceeded: 1860.00 CNY" in outcome.refused[0][1]
    with opener()() as books:
        assert (waiting(books), balances(books)) == ([], {})


def test_a_cap_taken_meanwhile_by_another_run_stops_the_sealing(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
    run("settlement", opener)
    make.reply(opener, "settlement", "wang.approver")
    with opener()() as books:
        make.only(books, Contract).cap_minor = 185_999

    outcome = run("settlement", opener)

    assert "cap exceeded" in outcome.refused[0][1]
    with opener()() as books:
        assert make.only(books, Contract).committed_minor == 0
        assert (make.only(books, Settlement).status, balances(books)) == ("approved", {})
