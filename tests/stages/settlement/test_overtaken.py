from datetime import date

import pytest

from tests import make
from tests.stages.settlement.month import claim, company, freelance, rows, run, settled
from vendorops.books import Answer, answer, waiting
from vendorops.paying.overtaken import other_law
from vendorops.tables import Contract, Settlement, Withholding

FRIDAY = date(2026, 10, 30)
LAST_WORKING_DAY = date(2026, 11, 30)


def one_person(books) -> Contract:
    company(books)
    contract = freelance(books)
    claim(books, contract, ("1", "3000"), rate_e4=0, month="2026-09")
    return contract


@pytest.mark.parametrize(
    ("as_of", "month"),
    [(FRIDAY, "2026-11"), (make.AS_OF, "2026-11"), (LAST_WORKING_DAY, "2026-12")],
)
def test_tax_is_kept_back_in_the_month_of_the_planned_payment(opener, as_of, month):
    with opener()() as books:
        one_person(books)

    run("settlement", opener, as_of=as_of, month="2026-10")

    with opener()() as books:
        assert make.only(books, Withholding).month == month


@pytest.fixture
def sealed_settlement(opener):
    """A settlement of one person, sealed on the usual day and kept back for November."""
    with opener()() as books:
        one_person(books)
    settled(opener)


@pytest.mark.usefixtures("sealed_settlement")
def test_a_payment_within_the_month_and_law_withheld_for_finds_no_other_law(opener):
    with opener()() as books:
        settlement = make.only(books, Settlement)

        assert other_law(books, settlement, LAST_WORKING_DAY) == ""


@pytest.mark.usefixtures("sealed_settlement")
def test_a_payment_in_another_month_says_which_month_was_withheld_for(opener):
    with opener()() as books:
        told = other_law(books, make.only(books, Settlement), date(2026, 12, 1))

        assert told.startswith("keeps back the tax of 2026-11 and would be paid on 2026-12-01")
        assert "tell who keeps these books" in told


@pytest.mark.usefixtures("sealed_settlement")
def test_a_law_that_now_says_another_amount_is_told_with_both_amounts(opener):
    with opener()() as books:
        make.only(books, Withholding).amount_minor = 43_000

        told = other_law(books, make.only(books, Settlement), LAST_WORKING_DAY)

        assert told.startswith("keeps back 430.00 CNY, and by the law of 2026-11-30 it is 440.00")
        books.session.rollback()


@pytest.mark.usefixtures("sealed_settlement")
def test_the_same_amount_by_another_rule_is_told_too(opener):
    with opener()() as books:
        make.only(books, Withholding).citations = "[]"

        told = other_law(books, make.only(books, Settlement), LAST_WORKING_DAY)

        assert told.startswith("keeps back tax by other numbers or rules than the law has for")
        books.session.rollback()


def test_a_settlement_waits_for_the_earlier_one_it_was_taxed_on_top_of(opener):
    with opener()() as books:
        contract = one_person(books)
    run("settlement", opener)
    with opener()() as books:
        claim(books, books.get(Contract, contract.id), ("1", "3000"), rate_e4=0)
    run("settlement", opener)
    with opener()() as books:
        first, second = sorted(row.reference for row in waiting(books))
    reply(opener, second, "approve")

    run("settlement", opener)
    with opener()() as books:
        both = [row.status for row in rows(books, Settlement)]
    reply(opener, first, "approve")
    run("settlement", opener)

    assert both == ["calculated", "calculated"]
    with opener()() as books:
        assert [row.status for row in rows(books, Settlement)] == ["sealed", "sealed"]
        assert [row.amount_minor for row in rows(books, Withholding)] == [44_000, 52_000]


def reply(opener, reference: str, says: str) -> None:
    with opener(actor="wang.approver")() as books:
        answer(books, Answer(reference, says, "as the test wants it"))
