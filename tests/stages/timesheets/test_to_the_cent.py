"""From a rate card to a sealed settlement, against a calculation from the raw facts alone."""

import json
from datetime import date
from fractions import Fraction

from sqlmodel import select

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import (
    OVERTIME,
    REGULAR,
    accepted,
    corrected,
    credited,
    handed_in,
    run,
)
from vendorops.books import Answer, answer, waiting
from vendorops.domain.measure import price_e6, price_text, quantity_text
from vendorops.stages import sweep
from vendorops.stages.expenses import submit as hand_expenses_in
from vendorops.stages.rate_cards import load as load_card
from vendorops.stages.timesheets import ALL, Import, load
from vendorops.tables import (
    Contract,
    InvoiceLine,
    Settlement,
    Supplier,
    WorkItem,
    WorkOrder,
)
from vendorops.tracing import broken, explain
from vendorops.working.ordering import LineWanted, Wanted, place_order

EVE, OCTOBER = date(2026, 9, 28), date(2026, 10, 1)
SPLIT = {"category": "regular", "bill": "41.48", "pay": "35.00", "markup": "0.185", "cap": "45"}
TERMS = [make.work.TERM, {"code": "expense", "kind": "share", "unit": "C62", "value": "1"}]
PIECES = [  # What one supplier did in October 2026, as its people would tell it: hours, price.
    (Fraction("163.75"), Fraction("41.48")),  # A, normal hours: 35.00 of pay, 18.5 % on it.
    (Fraction("6.5"), Fraction(60)),  # A, overtime at a price of its own.
    (Fraction("39.25") - Fraction("1.75"), Fraction("43.33")),  # B, 1.75 h taken back later.
    (Fraction("3.25"), Fraction("43.33") * Fraction(3, 2)),  # B, overtime by the multiple.
    (Fraction("0.5"), Fraction("43.33") * Fraction(3, 2)),  # B, overtime found later.
    (Fraction(1), Fraction("128.50")),  # Taxi.
    (Fraction(1), Fraction("745.05")),  # Hotel.
]


def cents(amount: Fraction) -> int:
    return int(amount * 100 + Fraction(1, 2))


def settled_net() -> int:
    return sum(cents(hours * price) for hours, price in PIECES)


def settled_tax() -> int:
    """Six per cent of each claimed line, less that of what was taken back."""
    claimed = list(PIECES)
    claimed[2] = (Fraction("39.25"), Fraction("43.33"))
    back = cents(Fraction("39.25") * Fraction("43.33")) - cents(PIECES[2][0] * PIECES[2][1])
    lines = [cents(hours * price) for hours, price in claimed]
    return sum(cents(Fraction(net * 6, 10_000)) for net in lines) - cents(
        Fraction(back * 6, 10_000)
    )


def ordered(opener):
    """Two orders, approved and begun, under a card that an approver agreed to."""
    with opener()() as books:
        contract = staffing.agency(books, terms=TERMS)
        supplier = books.get(Supplier, contract.supplier_id)
        workers = [make.worker(books, supplier, identifier_index=f"{n:064d}") for n in (1, 2)]
    card = {"supplier": supplier.reference, "currency": "CNY", "valid_from": "2026-09-01"}
    with opener(EVE, actor="lin.buyer")() as books:
        load_card(books, json.dumps({**card, "rates": [SPLIT]}).encode())
    approved(opener, "rate_cards", "rate_card")
    own = [
        LineWanted(REGULAR, "time", "Sorting", price_e6("41.48"), price_e6("35.00")),
        LineWanted(OVERTIME, "time", "Sorting, overtime", price_e6("60.00")),
    ]
    multiple = [LineWanted(REGULAR, "time", "Packing", price_e6("43.33"))]
    with opener(EVE, actor="lin.buyer")() as books:
        for worker, lines in zip(workers, (own, multiple), strict=True):
            until = date(2027, 1, 1)
            wanted = Wanted("work_order", "Sorting", OCTOBER, until, 5_000_000, lines)
            place_order(books, books.get(Contract, contract.id), placed(wanted, worker.id))
    approved(opener, "ordering", "work_order")
    run("ordering", opener, OCTOBER)
    return contract


def placed(wanted, worker_id):
    return Wanted(**{**vars(wanted), "worker_id": worker_id})


def approved(opener, stage, kind):
    run(stage, opener, EVE)
    make.reply(opener, kind, "wang.approver", as_of=EVE)
    run(stage, opener, EVE)


def claim_everything(opener, contract):
    """Let the supplier bill all accepted work that it has not billed, at six per cent."""
    with opener()() as books:
        billed = {
            line.work_item_id
            for line in books.session.exec(select(InvoiceLine))
            if line.work_item_id
        }
        lines = [
            make.claimed(item, quantity_text(item.accepted_e4), price_text(item.price_e6))
            for item in make.rows_of(books, WorkItem)
            if item.id not in billed and item.accepted_e4
        ]
        make.invoice(books, books.get(Contract, contract.id), lines)


def settled(opener):
    october = opener(month="2026-10", actor="system:reconciliation")
    sweep("reconciliation", october)
    sweep("settlement", opener(month="2026-10", actor="system:settlement"))
    with opener(actor="wang.approver")() as books:
        (asked,) = [row.reference for row in waiting(books) if row.kind == "settlement"]
        answer(books, Answer(asked, "approve", "as calculated"))
    sweep("settlement", opener(month="2026-10", actor="system:settlement"))


DAYS = [f"2026-10-{day:02d}" for day in range(1, 23)]
B_HOURS = [(day, REGULAR, "7.85") for day in DAYS[4:9]]


def worked(opener, a, b):
    """Hand the time of both in, in bulk and by a form."""
    rows = [(a, day, REGULAR, "7.5") for day in DAYS[:-1]]
    rows += [(a, DAYS[-1], REGULAR, "6.25"), (a, DAYS[3], OVERTIME, "6.5")]
    load(opener(actor="he.hengxin"), staffing.time_file(*rows), ".csv", Import(ALL, "week"))
    return handed_in(
        opener, staffing.time_form(b, *B_HOURS, (DAYS[4], OVERTIME, "3.25"), period="month")
    )


def spent(opener, order, folder):
    """Hand a taxi and a hotel in, on one bill."""
    with opener()() as books:
        staffing.expense_policy(books)
    (folder / "bills.pdf").write_bytes(b"%PDF bills")
    usual = {"code": "travel", "spent_on": DAYS[5], "cost_centre": "4100", "receipt": "bills.pdf"}
    lines = [
        {**usual, "description": text, "amount": amount}
        for text, amount in (("Taxi", "128.50"), ("Hotel", "745.05"))
    ]
    with opener(actor="he.hengxin")() as books:
        said = {"work_order": order.reference, "month": "2026-10", "lines": lines}
        hand_expenses_in(books, json.dumps(said).encode(), folder)
    run("expenses", opener)


def test_pay_bill_overtime_correction_and_expenses_settle_to_the_cent(opener, tmp_path):
    contract = ordered(opener)
    with opener()() as books:
        a, b = make.rows_of(books, WorkOrder)
    theirs = worked(opener, a, b)
    spent(opener, a, tmp_path)
    accepted(opener)
    claim_everything(opener, contract)

    found = [(DAYS[4], REGULAR, "6.1"), *B_HOURS[1:], (DAYS[4], OVERTIME, "3.75")]
    corrected(opener, staffing.correction_form(theirs, *found))
    accepted(opener)
    credited(opener)
    claim_everything(opener, contract)
    settled(opener)

    with opener()() as books:
        settlement = make.only(books, Settlement)
        assert settlement.net_minor == settled_net()
        assert settlement.tax_minor == settled_tax()
        assert not broken(explain(books, settlement.reference))
