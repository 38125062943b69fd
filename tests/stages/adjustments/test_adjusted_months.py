"""A month that was claimed, less what was agreed beside its prices."""

from datetime import date

import pytest

from tests import make
from tests.stages.adjustments.agreed import (
    agency,
    agree,
    closed,
)
from tests.stages.settlement.month import run, settled
from vendorops.documents.months import month_book, month_of
from vendorops.documents.months.waterfall import waterfall
from vendorops.stages import sweep
from vendorops.tables import (
    AdjustmentLine,
    Contract,
    CreditMemo,
    Settlement,
    Supplier,
)
from vendorops.tracing import broken as unsound
from vendorops.tracing import explain, written

TIERS = "steps: [{from: 1000.00, share: 0.02}, {from: 2500.00, share: 0.05}]"
FEE = "kind: program_fee, share: 0.03, valid_from: 2026-01-01"


@pytest.fixture(autouse=True)
def _contract(opener):
    with opener(as_of=date(2026, 1, 2))() as books:
        agency(books)


@pytest.fixture
def october(opener):
    """October claimed and matched: 46.50 for 40 hours, less a fee and a tier."""
    agree(
        opener,
        FEE,
        "kind: volume, months: 1, manner: whole, steps: [{from: 100.00, share: 0.10}],"
        " valid_from: 2026-01-01",
        as_of=date(2026, 9, 30),
    )
    with opener()() as books:
        of = make.only(books, Contract)
        work = make.items_of(books, make.service_sheet(books, of))[0]
        make.invoice(books, of, [make.claimed(work)])
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
    sweep("reconciliation", opener())
    closed(opener, make.AS_OF)
    run("crediting", opener)
    make.reply(opener, "credit_memo", "gao.buyer")
    run("crediting", opener)


@pytest.mark.usefixtures("october")
def test_the_payable_of_a_month_is_what_was_matched_less_its_lines(opener):
    settled(opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        matched, taken = 186_000, 5_580 + 18_600
        assert settlement.net_minor == matched - taken
        assert settlement.payable_minor == settlement.net_minor + settlement.tax_minor
        assert settlement.tax_minor == 11_160 - 335 - 1_116
        assert not unsound(explain(books, settlement.reference))


@pytest.mark.usefixtures("october")
def test_report_and_explanation_name_each_line_with_its_reason(opener):
    settled(opener)

    with opener()() as books:
        (of,) = month_of(books, make.only(books, Supplier))
        steps = {step.code: step.amount.minor for step in waterfall(of)}
        assert steps["program_fee"] == -5_580
        assert steps["volume_discount"] == -18_600
        between = [step.amount.minor for step in waterfall(of) if not step.is_sum]
        assert steps["claimed"] + sum(between) == steps["payable"]
        assert len(month_book(books, [of])) > 1000

        line = make.rows_of(books, AdjustmentLine)[0]
        memo = make.only(books, CreditMemo, source_id=line.id)
        told = "\n".join(written(explain(books, memo.reference)))
        for piece in (line.reference, "Annex 3", "agreed term", "0.03 from 0.00 CNY"):
            assert piece in told
        assert not unsound(explain(books, line.reference))
        assert not unsound(explain(books, "AGT-2026-000001"))
