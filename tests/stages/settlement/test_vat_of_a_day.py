"""What VAT of a day counts is sealed with the settlement, on whichever day each payment goes."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.contracting.test_facts_drive_stages import facts
from tests.stages.settlement.month import claim, company, freelance, paid, rows, run, settled
from tests.stages.settlement.test_vat_kept_back import VAT, keeps
from vendorops.books import waiting
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.paying.overtaken import other_law
from vendorops.paying.repricing import Version, moved
from vendorops.stages.payment import NotPayable, pay_out
from vendorops.tables import (
    Contract,
    Payment,
    PaymentBatch,
    Settlement,
    Withholding,
)
from vendorops.tracing import broken as unsound
from vendorops.tracing.withholding import withholding_nodes

DAY, NEXT, OWN_DAY = date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 24)


def due_together(opener):
    """Two settlements of one person that are due on one day: the second pays the day's VAT."""
    with opener()() as books:
        company(books)
        contract = freelance(books)
        claim(books, contract, ("1", "900"), rate_e4=0)
        ident = contract.id
    keeps(opener)
    settled(opener)
    with opener()() as books:
        claim(books, books.get(Contract, ident), ("1", "900"), rate_e4=0)
    settled(opener)


def pays_the_first(opener):
    with opener(actor="zhao.finance")() as books:
        pay_out(books, rows(books, Settlement)[0])
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)


def vat(opener):
    with opener()() as books:
        return [row.amount_minor for row in rows(books, Withholding) if row.tax == VAT]


def days_paid(opener):
    with opener()() as books:
        sent = [row for row in rows(books, Payment) if row.status == "sent"]
        return [books.get(PaymentBatch, row.batch_id).execution_day for row in sent]


def test_two_that_were_due_on_one_day_are_both_paid_on_two_days_with_the_tax_of_the_one(opener):
    due_together(opener)

    pays_the_first(opener)
    paid(opener, as_of=DAY)

    assert days_paid(opener) == [DAY, NEXT]
    assert vat(opener) == [0, 1_782]  # 1800 / 1.01 = 1782.18
    with opener(as_of=DAY)() as books:
        assert broken(books) == []
        for row in rows(books, Settlement):
            assert [told for node in withholding_nodes(books, row) for told in unsound(node)] == []
        assert moved(books, books.month, Version(None), Version(None)) == []


def test_what_is_settled_later_counts_neither_of_them_twice(opener):
    due_together(opener)
    pays_the_first(opener)
    paid(opener, as_of=DAY)
    with opener(as_of=DAY)() as books:
        claim(books, make.only(books, Contract), ("1", "900"), rate_e4=0)

    settled(opener, as_of=DAY)  # To be paid on the day on which the second one goes.

    assert vat(opener) == [0, 1_782, 0]


def test_a_settlement_whose_rules_changed_since_it_was_sealed_is_still_refused(opener):
    due_together(opener)
    pays_the_first(opener)
    keeps(opener, "", since=NEXT)

    run("payment", opener, as_of=DAY)

    assert days_paid(opener) == [DAY]
    with opener(as_of=DAY)() as books:
        second = rows(books, Settlement)[-1]
        assert "by the law of 2026-11-06 it is" in other_law(books, second, NEXT)
        assert [row for row in waiting(books) if row.kind == "payment_approval"] == []


def test_one_that_is_paid_ahead_onto_a_day_that_needs_more_tax_goes_on_its_own_day(opener):
    with opener()() as books:
        company(books)
        contract = freelance(books, facts=facts(payment=PaymentTerm(20)))
        early = make.received_file(books, received_on=date(2026, 10, 15)).id
        claim(books, contract, ("1", "900"), rate_e4=0, received_file_id=early)
    keeps(opener)
    settled(opener)
    with opener()() as books:
        claim(books, make.only(books, Contract), ("1", "900"), rate_e4=0)
    settled(opener)

    with opener(actor="zhao.finance")() as books:
        second = rows(books, Settlement)[-1]
        with pytest.raises(NotPayable, match=f"it is 194.88 CNY; pay it on {OWN_DAY}"):
            pay_out(books, second)
    paid(opener)

    assert vat(opener) == [0, 0]
    assert days_paid(opener) == [DAY, OWN_DAY]
