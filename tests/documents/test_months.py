"""The reports of a month: from claimed to payable to the cent, and how old disputes are."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests import make
from tests.documents.contract_facts import squeezed
from vendorops.documents import pdf_facts
from vendorops.documents.months import month_book, month_of, month_paper, suppliers_of
from vendorops.documents.months.ageing import ageing
from vendorops.documents.months.pictures import waterfall_picture
from vendorops.documents.months.waterfall import waterfall
from vendorops.domain.money import Money
from vendorops.stages import reconciliation, sweep
from vendorops.tables import Invoice

HOSTILE = "=HYPERLINK(1)"


@pytest.fixture
def disputed(opener):
    """One claim to be rejected and one under query, of a month that nothing was settled for."""
    with opener()() as books:
        make.people(books)
        agreed = make.contract(books)
        sheet = make.service_sheet(books, agreed, [make.done(), make.done()])
        first, second = make.items_of(books, sheet)
        make.invoice(books, agreed, [make.claimed(first, price="50.00"), make.claimed(first)])
        make.invoice(books, agreed, [make.claimed(second, price="47.00", description=HOSTILE)])
    sweep("reconciliation", opener())
    sweep("exceptions", opener(), [_named(opener, "INV-2026-000001")])
    make.reply(opener, "exception", "zhao.finance", "reject")
    sweep("exceptions", opener())


def _named(opener, reference):
    with opener()() as books:
        return books.named(Invoice, reference).id


def told(books):
    (supplier,) = suppliers_of(books)
    return month_of(books, supplier)


@pytest.mark.usefixtures("disputed")
def test_every_cent_between_claimed_and_payable_has_a_step(opener):
    with opener()() as books:
        (of,) = told(books)
        steps = waterfall(of)

    amounts = {step.code: step.amount.minor for step in steps}
    assert amounts == {
        "claimed": 200_000 + 186_000 + 188_000,
        "rejected": -386_000,
        "price_above_term": -2_000,
        "agreed": 186_000,
        "unsettled": -186_000,
        "payable": 0,
    }
    between = [step.amount.minor for step in steps if not step.is_sum]
    assert amounts["claimed"] + sum(between) == amounts["payable"]


@pytest.mark.usefixtures("disputed")
def test_a_dispute_ages_until_somebody_decides_and_no_longer(opener):
    with opener(as_of=date(2026, 12, 20), month="2026-10")() as books:
        stretches = ageing(told(books), books.as_of, "CNY")

    waiting = {each.title: each.waiting.minor for each in stretches}
    decided = {each.title: each.decided.minor for each in stretches}
    assert waiting == {"0-7": 0, "8-30": 0, "31-60": 2_000, "61+": 0}
    assert decided == {"0-7": 14_000 + 186_000, "8-30": 0, "31-60": 0, "61+": 0}


@pytest.mark.usefixtures("disputed")
def test_the_workbook_has_numbers_as_numbers_and_no_formula(opener):
    with opener()() as books:
        data = month_book(books, told(books))
        assert month_book(books, told(books)) == data

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names == [
        *("summary", "lines", "differences", "adjustments", "exceptions", "ageing", "allocations")
    ]
    head, *lines = book.get_sheet_by_name("lines").to_python()
    rows: list[dict[Any, Any]] = [dict(zip(head, line, strict=True)) for line in lines]
    assert [row["claimed"] for row in rows] == [2000.0, 1860.0, 1880.0]
    for row in rows:
        assert row["matched"] + row["tolerated"] + row["disputed"] == row["claimed"]
    assert rows[2]["description"] == HOSTILE
    with ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets" in name]
    assert all(b"<f>" not in sheet and b"<autoFilter" in sheet for sheet in sheets)
    assert all(b'state="frozen"' in sheet for sheet in sheets)


@pytest.mark.usefixtures("disputed")
@pytest.mark.parametrize("languages", ["zh", "en", "zh,en"])
def test_the_paper_says_each_step_and_dispute_and_is_the_same_bytes_again(opener, languages):
    with opener()() as books:
        (of,) = told(books)
        paper = month_paper(books, of, languages)
        assert month_paper(books, of, languages) == paper

    said = squeezed(pdf_facts(paper.pdf).text)
    for figure in ("5,740.00", "-3,860.00", "-20.00", "1,860.00"):
        assert figure in said
    assert (squeezed("单价高于合同约定") in said) == ("zh" in languages)
    assert (squeezed("The price is above the contract's") in said) == ("en" in languages)


def test_a_claim_in_another_currency_is_told_apart(opener):
    with opener()() as books:
        agreed = make.contract(books)
        make.invoice(books, agreed, [make.claimed()])
        make.invoice(books, agreed, [make.claimed()], currency="USD")
        reconciliation.advance(books, agreed.supplier_id)

        assert [(of.currency, waterfall(of)[0].amount) for of in told(books)] == [
            ("CNY", Money(186_000, "CNY")),
            ("USD", Money(186_000, "USD")),
        ]
        rows = reconciliation.figures(books)
        assert [row["disputed"] for row in rows] == ["1860.00 CNY", "1860.00 USD"]


def test_a_picture_draws_itself_the_same_and_loads_nothing(opener):
    with opener()() as books:
        agreed = make.contract(books)
        make.invoice(books, agreed, [make.claimed()])
        (of,) = told(books)
        drawn = waterfall_picture(waterfall(of), "zh,en")

        assert waterfall_picture(waterfall(of), "zh,en") == drawn
    assert "<text" not in drawn
    assert re.findall(r'(?:href|src)="(?!#)', drawn) == []
