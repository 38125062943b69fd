"""A month under a statement of work of all five kinds, to the cent."""

from datetime import date
from fractions import Fraction

import pytest
from sqlmodel import col, select

from tests import make
from tests.make.statements import (
    EVENT,
    FIRST_FEE,
    HOURS,
    KICK_OFF,
    UNITS,
    decide_deliveries,
    delivered,
    measured,
    outsourcing,
    statement_yaml,
)
from vendorops.domain.measure import price_text, quantity_text
from vendorops.stages import sweep
from vendorops.tables import (
    Contract,
    CreditMemo,
    Delivery,
    Invoice,
    Settlement,
    WorkItem,
    WorkOrder,
)
from vendorops.tracing import broken, explain
from vendorops.working.statements_of_work import place_statement, read_statement

FIRST = date(2026, 10, 1)
MIDDLE = date(2026, 10, 16)
AFTER = date(2026, 11, 3)
MONTH = "2026-10"
TAX = Fraction(6, 100)

# The raw facts, as the people on both sides would tell them.
ACCEPTED = {
    KICK_OFF: (Fraction(1), Fraction(0)),
    FIRST_FEE: (Fraction(1), Fraction(5000)),
    EVENT: (Fraction(1), Fraction(120_000)),
    UNITS: (Fraction(47_990), Fraction("0.905")),
    HOURS: (Fraction("13.25"), Fraction("433.33")),
}
DAYS_LATE = 3
FINE_A_DAY, FINE_CAP = Fraction("0.005"), Fraction("0.1")
CREDIT_OF_MISSED_LEVEL, CREDIT_CAP = Fraction("0.05"), Fraction("0.08")


def cents(amount: Fraction) -> int:
    """Half up, of amounts that are not below zero."""
    return int(amount * 100 + Fraction(1, 2))


def expected() -> dict[str, int]:
    """What the month comes to, from the raw facts alone."""
    lines = {number: cents(quantity * price) for number, (quantity, price) in ACCEPTED.items()}
    fees = Fraction(sum(lines.values()), 100)
    late = cents(120_000 * min(DAYS_LATE * FINE_A_DAY, FINE_CAP))
    level = cents(fees * min(CREDIT_OF_MISSED_LEVEL, CREDIT_CAP))
    tax = sum(cents(Fraction(line, 100) * TAX) for line in lines.values())
    tax_back = sum(cents(Fraction(memo, 100) * TAX) for memo in (late, level))
    net = sum(lines.values()) - late - level
    return {
        "late_delivery": late,
        "service_level": level,
        "net": net,
        "tax": tax - tax_back,
        "payable": net + tax - tax_back,
    }


def invoiced(opener, as_of, *terms):
    """The supplier claims what was accepted of some terms."""
    with opener(as_of=as_of)() as books:
        of = make.only(books, Contract)
        query = select(WorkItem).where(col(WorkItem.term).in_(terms)).order_by(col(WorkItem.id))
        lines = [
            make.claimed(
                item, quantity_text(item.accepted_e4), price_text(item.price_e6), currency="CNY"
            )
            for item in books.session.exec(query)
        ]
        make.invoice(books, of, lines)


def run(opener, *stages, as_of=AFTER, month=MONTH):
    for stage in stages:
        sweep(stage, opener(as_of=as_of, actor=f"system:{stage}", month=month))


@pytest.fixture
def october(opener):
    """Placed, approved, delivered, and accepted in part, by people in their roles."""
    with opener(as_of=FIRST, actor="lin.buyer")() as books:
        ours = make.party(books, "91310000MA1FL0X123", name="星河制造集团有限公司")
        make.our_account(books, make.legal_entity(books, party_id=ours.id))
        place_statement(books, read_statement(statement_yaml(outsourcing(books))))
    run(opener, "ordering", as_of=FIRST)
    make.reply(opener, "statement_of_work", "wang.approver", as_of=FIRST)
    run(opener, "ordering", as_of=FIRST)

    delivered(opener, KICK_OFF, date(2026, 10, 2))
    delivered(opener, FIRST_FEE, date(2026, 10, 15))
    decide_deliveries(opener, date(2026, 10, 15))
    invoiced(opener, MIDDLE, "instalment")
    delivered(opener, EVENT, date(2026, 10, 12), as_of=MIDDLE)
    decide_deliveries(opener, MIDDLE, detail={"grade": {"WRK-2026-000003": "B"}})
    delivered(opener, UNITS, date(2026, 10, 30), "48213")
    delivered(opener, HOURS, date(2026, 10, 30), "13.25")
    decide_deliveries(opener, AFTER, detail={"accept": {"WRK-2026-000004": "47990"}})
    invoiced(opener, AFTER, "milestone", "document_processed", "service_hour")
    measured(opener, "turnaround", 9_699, 10_000, as_of=AFTER)
    measured(opener, "accuracy", 9_950, 10_000, as_of=AFTER)
    run(opener, "service_levels", "crediting")


@pytest.mark.usefixtures("october")
def test_a_month_of_all_five_kinds_is_settled_to_the_cent_that_the_raw_facts_give(opener):
    make.reply(opener, "credit_memo", "lin.buyer", as_of=AFTER)
    run(opener, "crediting", "reconciliation", "settlement")
    make.reply(opener, "settlement", "wang.approver", as_of=AFTER)
    run(opener, "settlement")

    with opener(as_of=AFTER)() as books:
        memos = {row.kind: row for row in books.session.exec(select(CreditMemo))}
        settled = make.only(books, Settlement)
        found = {kind: memo.net_minor for kind, memo in memos.items()}
        found |= {
            "net": settled.net_minor,
            "tax": settled.tax_minor,
            "payable": settled.payable_minor,
        }
        assert found == expected()
        assert (settled.status, found["net"]) == ("sealed", 16_366_394)
        assert {row.status for row in memos.values()} == {"exhausted"}
        invoices = books.session.exec(select(Invoice.status)).all()
        assert set(invoices) == {"accepted"}
        deliveries = books.session.exec(select(Delivery)).all()
        named = [settled, *deliveries, *memos.values()]
        trees = {row.reference: explain(books, row.reference) for row in named}
        assert [what for tree in trees.values() for what in broken(tree)] == []
        amounts = [trees[row.reference].amount for row in deliveries]
        accepted = [amount.minor for amount in amounts if amount]
        owed_back = found["late_delivery"] + found["service_level"]
        assert sum(accepted) == found["net"] + owed_back


@pytest.mark.usefixtures("october")
def test_credits_that_nobody_issued_are_not_taken_off(opener):
    run(opener, "reconciliation", "settlement")

    told = expected()
    with opener(as_of=AFTER)() as books:
        settled = make.only(books, Settlement)
        owed_back = told["late_delivery"] + told["service_level"]
        assert settled.net_minor == told["net"] + owed_back
        assert make.only(books, WorkOrder).status == "active"
