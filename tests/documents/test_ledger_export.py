"""The exported ledger is proved by Beancount's own checker, and says what the books say."""

import re
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlmodel import select

from tests import make
from tests.stages.settlement.month import claim, company, freelance, paid, settled, staffing
from vendorops.books import AccountName, Entry, balance, post
from vendorops.books.ledger import reverse
from vendorops.documents.ledger_export import (
    TooMany,
    balances_on,
    beancount_ledger,
    journal,
    ledger_workbook,
    workbook,
)
from vendorops.domain.money import Money
from vendorops.tables import LedgerAccount

CHECKER = Path(sys.executable).with_name("bean-check")
FIRST = date(2026, 10, 28)
ASSERTED = re.compile(r"^(\S+) balance (\S+)  (-?[0-9.]+) ~ 0 ([A-Z]{3})$", re.MULTILINE)


def checked(text):
    """What Beancount's own checker says of a file; nothing where it is right."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "books.beancount")
        path.write_text(text, "utf-8")
        ran = subprocess.run(
            [CHECKER, "--no-cache", path], capture_output=True, text=True, check=False
        )
    return ran.stderr + ran.stdout


@pytest.fixture
def month(opener):
    """A month of two suppliers, settled with tax kept back, and paid a day later."""
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, freelance(books), ("1", "2000"), rate_e4=0)
    settled(opener)
    paid(opener)


@pytest.mark.usefixtures("month")
def test_the_checker_of_beancount_finds_nothing_wrong_with_a_paid_month(opener):
    with opener(as_of=date(2026, 12, 3))() as books:
        text = beancount_ledger(journal(books), 'Books of "XH"')

    assert checked(text) == ""
    assert 'document: "SET-2026-000001"' in text
    assert 'key: "settlement/SET-2026-000001/net"' in text
    assert "2026-12-01 balance Liabilities:Withheld-tax:Cn  -" in text


@pytest.mark.usefixtures("month")
def test_the_checker_finds_a_balance_that_is_off_by_the_smallest_unit(opener):
    with opener()() as books:
        text = beancount_ledger(journal(books), "Books")
    last = list(ASSERTED.finditer(text))[-1]
    figure = str(Decimal(last[3]) + Decimal("0.01"))

    wrong = text[: last.start(3)] + figure + text[last.end(3) :]

    assert "Balance failed" in checked(wrong)


@pytest.mark.usefixtures("month")
def test_what_is_asserted_is_what_the_books_answer_account_by_account(opener):
    with opener()() as books:
        text = beancount_ledger(journal(books), "Books")
        owed = {
            (each.account.code, each.account.currency): each.balance
            for each in balances_on(books, books.as_of)
        }
        asked = {
            (row.code, row.currency): balance(books, row)
            for row in books.session.exec(select(LedgerAccount))
        }

    asserted = {
        (name, currency): Decimal(figure) for _, name, figure, currency in ASSERTED.findall(text)
    }
    assert owed == asked
    assert asserted["Liabilities:Withheld-tax:Cn", "CNY"] == Decimal("-240.00")
    assert sum(asserted.values()) == 0


@pytest.mark.usefixtures("month")
def test_both_files_have_the_same_bytes_when_they_are_written_again(opener):
    written = []
    for _ in range(2):
        with opener()() as books:
            ledger = journal(books)
            written.append((beancount_ledger(ledger, "Books"), ledger_workbook(ledger, "Books")))

    assert written[0] == written[1]


@pytest.mark.usefixtures("month")
def test_the_workbook_holds_every_transfer_and_balance_as_numbers(opener):
    with opener()() as books:
        ledger = journal(books)
        book = CalamineWorkbook.from_filelike(BytesIO(ledger_workbook(ledger, "Books")))

    transfers = book.get_sheet_by_name("transfers").to_python()
    assert len(transfers) == len(ledger.postings) + 1
    assert transfers[1][:6] == [
        make.AS_OF,
        "SET-2026-000001",
        "expense/staffing",
        "payable/SUP-2026-000001",
        1860,
        "CNY",
    ]  # fmt: skip - one row of the sheet.
    stands = {row[1]: row[3] for row in book.get_sheet_by_name("balances").to_python()}
    assert stands["withheld-tax/cn"] == 240
    assert stands["payable/SUP-2026-000001"] == 0


@pytest.mark.usefixtures("month")
def test_a_workbook_refuses_more_rows_than_a_sheet_has(opener, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with opener()() as books:
        ledger = journal(books)

    with pytest.raises(TooMany, match="more than the 3 rows of a sheet"):
        ledger_workbook(ledger, "Books")


BOOKED = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.sampled_from(
            ["payable/SUP-1", "payable/SUP_1", "expense/é", "input-tax/cn", "bank/ACC-1"]
        ),
        st.sampled_from(["CNY", "JPY", "KWD"]),
        st.integers(1, 10**15),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)
KINDS = {
    "bank-clearing": "liability",
    "payable": "liability",
    "expense": "expense",
    "input-tax": "asset",
    "bank": "asset",
}


def named(code):
    return AccountName(code, KINDS[code.partition("/")[0]])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(booked=BOOKED)
def test_whatever_is_booked_is_exported_so_that_the_checker_agrees(opener, booked):
    stands: defaultdict[tuple[str, str], int] = defaultdict(int)
    with opener()() as books:
        start = books.key()
    for number, (after, code, currency, minor, taken_back) in enumerate(sorted(booked)):
        key, other = f"drawn/{start}/{number}", named("bank-clearing/XH")
        with opener(as_of=FIRST + timedelta(days=after))() as books:
            event = books.record("drawn", make.legal_entity(books), 'said "so" \\ here')
            post(books, event, Entry(named(code), other, Money(minor, currency), key))
            if taken_back:
                reverse(books, event, key, f"{key}/reversed")
    with opener(as_of=FIRST + timedelta(days=200))() as books:
        ledger = journal(books)
        stands |= {
            (each.account.code, each.account.currency): each.debited.minor
            for each in ledger.standings
            if each.day == ledger.until
        }
        summed: defaultdict[tuple[str, str], int] = defaultdict(int)
        for posting in ledger.postings:
            summed[posting.debit.code, posting.amount.currency] += posting.amount.minor
            summed[posting.credit.code, posting.amount.currency] -= posting.amount.minor
        text = beancount_ledger(ledger, "Drawn")

    assert stands == summed
    assert checked(text) == ""
