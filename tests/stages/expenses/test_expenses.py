"""Expenses are paid back as they were, by rule and receipt; a headcount bill shows its parts."""

import json

import pytest

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import accepted, handed_in, reported, run
from vendorops.domain.refusal import Refused
from vendorops.stages.expenses import BadExpense, BadPolicy, load_policies, submit
from vendorops.tables import ExpensePolicy, ExpenseSheet, WorkItem

TERMS = [
    {"code": "expense", "kind": "share", "unit": "C62", "value": "1"},
    {"code": "wages", "kind": "share", "unit": "C62", "value": "1"},
    {"code": "social_insurance", "kind": "share", "unit": "C62", "value": "1"},
    {"code": "service_fee", "kind": "price", "unit": "MON", "value": "380.00"},
]


@pytest.fixture
def order(opener, tmp_path):
    (tmp_path / "taxi.pdf").write_bytes(b"%PDF taxi")
    (tmp_path / "hotel.pdf").write_bytes(b"%PDF hotel")
    with opener()() as books:
        staffing.expense_policy(books)
        for code in ("wages", "social_insurance"):
            staffing.expense_policy(books, code=code, term=code, cap_minor=0, receipt=0)
        return staffing.assignment(books, staffing.agency(books, terms=TERMS))


def line(**told):
    usual = {
        "code": "travel",
        "description": "Taxi to the site",
        "spent_on": "2026-10-12",
        "cost_centre": "4100",
        "amount": "128.50",
        "receipt": "taxi.pdf",
    }
    return {**usual, **told}


def form(order, *lines, month="2026-10"):
    told = {"work_order": order.reference, "month": month, "lines": list(lines)}
    return json.dumps(told).encode()


def handed(opener, folder, data, who="he.hengxin"):
    with opener(actor=who)() as books:
        return submit(books, data, folder).reference


def test_expenses_are_reported_one_to_one_with_cost_centre_and_receipt(opener, order, tmp_path):
    hotel = line(description="Hotel", amount="799.99", receipt="hotel.pdf", cost_centre="4200")
    handed(opener, tmp_path, form(order, line(), hotel))
    run("expenses", opener)

    with opener()() as books:
        items = make.rows_of(books, WorkItem)
        assert [(item.basis_minor, item.price_e6, item.quantity_e4) for item in items] == [
            (12_850, 128_500_000, 10_000),
            (79_999, 799_990_000, 10_000),
        ]
        assert "cost centre 4200, receipt " in items[1].description


@pytest.mark.parametrize(("says", "status"), [("approve", "approved"), ("reject", "rejected")])
def test_a_buyers_answer_to_the_sheet_concludes_the_expenses(
    opener, order, tmp_path, says, status
):
    handed(opener, tmp_path, form(order, line()))
    run("expenses", opener)
    run("acceptance", opener)
    make.reply(opener, "acceptance", "lin.buyer", says)
    run("acceptance", opener)
    run("expenses", opener)

    with opener()() as books:
        assert make.only(books, ExpenseSheet).status == status


def test_a_headcount_bill_shows_wages_social_insurance_and_fee_apart(opener, order, tmp_path):
    day = {"spent_on": "2026-10-31", "receipt": ""}
    wages = line(code="wages", description="October", amount="8000.00", **day)
    insured = line(code="social_insurance", description="October", amount="2412.37", **day)
    handed(opener, tmp_path, form(order, wages, insured))
    run("expenses", opener)
    handed_in(opener, staffing.time_form(order, ("2026-10-31", "service_fee", "1")))
    accepted(opener)

    with opener()() as books:
        assert reported(books) == [
            ("wages", "2026-10-31", "1", "8000.00"),
            ("social_insurance", "2026-10-31", "1", "2412.37"),
            ("service_fee", "2026-10-31", "1", "380.00"),
        ]


CANNOT_BE = {
    "'meals' has no rule; the expense policy has social_insurance, travel, wages": {
        "code": "meals"
    },
    "800.01 CNY for travel is above the 800.00 CNY of Travel policy 2": {"amount": "800.01"},
    "0.00 CNY is not above nothing": {"amount": "0.00"},
    "'1.005' is finer than the smallest unit": {"amount": "1.005"},
    "travel needs a receipt": {"receipt": ""},
    "the receipt 'lost.pdf' does not lie beside the form": {"receipt": "../lost.pdf"},
    "2026-11-02 is not in 2026-10": {"spent_on": "2026-11-02"},
}


def test_an_expense_that_is_not_paid_back_is_named_and_none_is_entered(opener, order, tmp_path):
    for sentence, told in CANNOT_BE.items():
        with pytest.raises(BadExpense, match="line 2: ") as refusal:
            handed(opener, tmp_path, form(order, line(), line(**told)))

        assert sentence in str(refusal.value)
    with opener()() as books:
        assert make.rows_of(books, ExpenseSheet) == []


def test_a_receipt_counts_once_and_the_same_form_again_is_the_same_sheet(opener, order, tmp_path):
    data = form(order, line())
    first = handed(opener, tmp_path, data)

    assert handed(opener, tmp_path, data) == first
    (tmp_path / "copy.pdf").write_bytes(b"%PDF taxi")
    with pytest.raises(BadExpense, match=f"handed in with {first}; it counts once"):
        handed(opener, tmp_path, form(order, line(receipt="copy.pdf", amount="1.00")))


def test_days_to_come_other_suppliers_and_orders_not_begun_are_refused(opener, order, tmp_path):
    with opener()() as books:
        draft = staffing.assignment(books, staffing.agency(books), number=2, status="draft")
    with pytest.raises(BadExpense, match="has not come yet"):
        handed(opener, tmp_path, form(order, line(spent_on="2026-11-05"), month="2026-11"))
    with pytest.raises(BadExpense, match="draft, not active"):
        handed(opener, tmp_path, form(draft, line()))
    with pytest.raises(Refused, match="neither belongs to"):
        handed(opener, tmp_path, form(order, line()), "nobody")


POLICY = """
expenses:
- {code: meals, currency: CNY, cap: "60.00", valid_from: 2026-10-01, cite: Travel policy 3}
"""


def test_a_rule_is_entered_once_and_changes_from_a_later_day_only(opener):
    with opener()() as books:
        for _ in range(2):
            load_policies(books, POLICY.encode())
        assert make.only(books, ExpensePolicy).cap_minor == 6_000
        with pytest.raises(BadPolicy, match="from a later day"):
            load_policies(books, POLICY.replace("60.00", "70.00").encode())
        load_policies(books, POLICY.replace("60.00", "70.00").replace("10-01", "11-01").encode())
        assert len(make.rows_of(books, ExpensePolicy)) == 2
