"""The supplier sees every invoice before it has a number, and may object."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.stages.self_billing import billing
from vendorops.books import waiting
from vendorops.stages import sweep
from vendorops.tables import Decision, Series, WorkItem

LAST_DAY = billing.OVER + timedelta(days=7)


@pytest.fixture
def contract(opener):
    with opener()() as books:
        found = billing.contract(books)
        billing.worked(books, found, 2, 9)
        return found


def answers(opener, says, as_of=billing.OVER):
    make.reply(opener, "pro_forma", billing.SIGNER, says, as_of=as_of)
    billing.run("pro_formas", opener, as_of)


def buyer_answers(opener, says):
    make.reply(opener, "pro_forma_objection", "lin.buyer", says, as_of=billing.OVER)
    billing.run("pro_formas", opener)


def test_silence_agrees_after_the_days_to_object_where_that_was_agreed(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)

    billing.run("pro_formas", opener, LAST_DAY)
    assert billing.invoices(opener)["1"].status == "pro_forma"
    billing.run("pro_formas", opener, LAST_DAY + timedelta(days=1))

    assert billing.invoices(opener)["1"].status == "issued"
    with opener()() as books:
        [asked] = [r for r in make.rows_of(books, Decision) if r.kind == "pro_forma"]
        assert (asked.status, asked.answer) == ("void", "")


def test_silence_says_nothing_where_that_was_not_agreed(opener, contract):
    billing.agreed(opener, contract, silence_agrees="no")
    billing.shown(opener)

    billing.run("pro_formas", opener, date(2027, 6, 1))

    assert billing.invoices(opener)["1"].status == "pro_forma"


def test_an_objection_stops_the_invoice_and_is_put_to_a_buyer(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)

    answers(opener, "reject")

    billing.run("pro_formas", opener, date(2027, 6, 1))
    assert billing.invoices(opener)["1"].status == "objected"
    with opener()() as books:
        [asked] = [row for row in waiting(books) if row.kind == "pro_forma_objection"]
        assert "as the test wants it" in asked.question
        assert books.session.get(Series, 0) is None


def test_what_a_buyer_withdraws_is_billed_by_the_supplier_itself(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)
    answers(opener, "reject")

    buyer_answers(opener, "approve")

    assert [row.status for row in billing.shown(opener, date(2026, 12, 1)).values()] == [
        "withdrawn"
    ]


def test_what_a_buyer_stands_by_is_shown_once_more_and_may_be_objected_to_again(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)
    answers(opener, "reject")

    buyer_answers(opener, "reject")
    row = billing.invoices(opener)["1"]
    assert (row.status, row.round, row.shown_on) == ("pro_forma", 2, billing.OVER)
    with opener()() as books:
        asked = [row.question for row in make.rows_of(books, Decision) if row.kind == "pro_forma"]
    assert [each.partition("It is shown again, ")[2] for each in asked] == ["", "round 2."]
    answers(opener, "reject")
    buyer_answers(opener, "reject")
    answers(opener, "approve")

    row = billing.invoices(opener)["1"]
    assert (row.status, row.round, row.number) == ("issued", 3, "SB-HX-2026-000001")


def test_work_that_the_supplier_claims_meanwhile_voids_the_pro_forma(opener, contract):
    billing.agreed(opener, contract)
    billing.shown(opener)
    with opener(as_of=billing.OVER)() as books:
        [work, _] = make.rows_of(books, WorkItem)
        make.invoice(books, contract, [make.claimed(work, currency="EUR", tax_rate_e4=1100)])

    billing.run("pro_formas", opener, billing.LATE)
    rows = billing.issued(opener, billing.LATE)

    assert [(row.status, row.net_minor) for row in rows.values()] == [
        ("void", 372_000),
        ("issued", 186_000),
    ]
    assert rows["2"].number == "SB-HX-2026-000001"


def test_a_number_that_the_supplier_used_itself_is_refused_and_not_used_up(opener, contract):
    billing.agreed(opener, contract)
    with opener()() as books:
        taken = {"number": "SB-HX 2026/000001", "number_normalised": "SBHX2026000001"}
        claim = make.invoice(books, contract, [make.claimed(currency="EUR")], **taken)
    billing.shown(opener)
    make.reply(opener, "pro_forma", billing.SIGNER, as_of=billing.OVER)

    outcome = sweep("pro_formas", opener(as_of=billing.OVER))

    [(_, why)] = outcome.refused
    assert "has claimed under SB-HX-2026-000001 itself" in why
    with opener()() as books:
        make.reach(books, books.get(type(claim), claim.id), "rejected")
    billing.run("pro_formas", opener)
    assert billing.invoices(opener)["1"].number == "SB-HX-2026-000001"


def test_numbers_begin_anew_each_year_and_leave_no_gap(opener, contract):
    billing.agreed(opener, contract, grouping="sheet", schedule="accepted")
    billing.run("pro_formas", opener, date(2026, 12, 30))
    with opener()() as books:
        for day in (3, 4):
            billing.worked(books, contract, day, month="2026-11")

    rows = billing.issued(opener, date(2027, 1, 4))

    assert [row.number for row in rows.values()] == [
        "SB-HX-2026-000001",
        "SB-HX-2027-000001",
        "SB-HX-2027-000002",
    ]
