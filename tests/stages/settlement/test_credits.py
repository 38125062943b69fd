"""What suppliers owe back by credit memos is taken off what they are owed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import balances, claim, company, rows, run, settled, staffing
from vendorops.documents.statements import settlement_statement
from vendorops.domain.money import Money
from vendorops.stages.settlement import crediting
from vendorops.tables import CreditMemo, Invoice, Settlement, SettlementCredit
from vendorops.tracing import broken as unsound
from vendorops.tracing import explain
from vendorops.working.crediting import Credit, raise_credit


def owed_back(books, contract, text, source, month="2026-10"):
    """Raise and issue a memo over so much, for a fact of its own."""
    sentence = "left in the first month"
    told = Credit("guarantee", month, source, Money.parse(text, "CNY"), sentence, {}, "lin.buyer")
    return make.reach(books, raise_credit(books, contract, told), "issued")


@pytest.fixture
def contract(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
        return contract


def credited(opener, contract, *amounts):
    with opener()() as books:
        invoice = rows(books, Invoice)[0]
        sources = [invoice, contract, *make.lines_of(books, invoice)]
        for text, source in zip(amounts, sources, strict=False):
            owed_back(books, contract, text, source)


def test_a_memo_lowers_net_and_tax_alike_and_is_then_exhausted(opener, contract):
    credited(opener, contract, "500.00")

    settled(opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert (settlement.net_minor, settlement.tax_minor) == (186_000 - 50_000, 11_160 - 3_000)
        memo = make.only(books, CreditMemo)
        assert (memo.status, memo.applied_minor, memo.tax_minor) == ("exhausted", 50_000, 3_000)
        assert balances(books)["payable"] == settlement.payable_minor
        shown = settlement_statement(books, settlement)["credits"]
        assert shown == [[memo.reference, "left in the first month", 50_000, 3_000]]
        assert not unsound(explain(books, settlement.reference))
        assert not unsound(explain(books, memo.reference))
        assert broken(books) == []


def test_more_than_is_claimed_is_carried_and_the_claim_counts_as_paid(opener, contract):
    credited(opener, contract, "3000.00")

    settled(opener)

    with opener()() as books:
        settlement, memo = make.only(books, Settlement), make.only(books, CreditMemo)
        assert (settlement.net_minor, settlement.payable_minor) == (0, 0)
        assert (memo.status, memo.applied_minor) == ("applied", 186_000)
        assert [invoice.status for invoice in rows(books, Invoice)] == ["paid"]
        assert broken(books) == []


def test_the_oldest_memo_is_taken_first_and_the_next_one_in_part(opener, contract):
    credited(opener, contract, "1000.00", "1000.00")

    settled(opener)

    with opener()() as books:
        parts = [(row.net_minor, row.tax_minor) for row in rows(books, SettlementCredit)]
        assert parts == [(100_000, 6_000), (86_000, 5_160)]


def test_a_memo_of_a_later_month_and_one_not_issued_wait(opener, contract):
    with opener()() as books:
        invoice = rows(books, Invoice)[0]
        owed_back(books, contract, "10.00", invoice, month="2026-11")
        late = Credit("guarantee", "2026-10", contract, Money(1, "CNY"), "draft", {}, "lin.buyer")
        raise_credit(books, contract, late)

    settled(opener)

    with opener()() as books:
        assert make.only(books, Settlement).net_minor == 186_000


def test_a_memo_is_issued_by_a_buyer_who_did_not_report_the_fact(opener, contract):
    with opener()() as books:
        told = Credit("guarantee", "2026-10", contract, Money(1, "CNY"), "left", {}, "lin.buyer")
        raise_credit(books, contract, told)
        again = raise_credit(books, books.get(type(contract), contract.id), told)
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
    run("crediting", opener)

    with pytest.raises(Exception, match="lin"):
        make.reply(opener, "credit_memo", "lin.buyer")
    make.reply(opener, "credit_memo", "gao.buyer")
    run("crediting", opener)

    with opener()() as books:
        assert books.get(CreditMemo, again.id).status == "issued"


@given(st.integers(1, 10**9), st.integers(0, 10**8), st.lists(st.integers(1, 10**9), max_size=5))
def test_the_parts_of_a_memo_make_its_net_and_its_tax(net, tax, claims):
    tax = min(tax, net)
    left_net, left_tax, taken = net, tax, []
    for claimed in claims:
        part = crediting.part_of(crediting.Left(net, tax, left_net, left_tax), claimed, claimed)
        if part:
            left_net, left_tax = left_net - part[0], left_tax - part[1]
            taken.append(part)
            assert 0 < part[0] <= claimed
            assert 0 <= part[1] <= claimed
    assert (left_net == 0) <= (left_tax == 0)
    assert sum(part[0] for part in taken) + left_net == net
