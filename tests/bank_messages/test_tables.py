"""A bank's table is read by what a person said of its columns, and must add up row by row."""

from datetime import date

import pytest

from vendorops.bank_tables import read_table
from vendorops.domain.bank_layout import BadLayout, BankLayout, check
from vendorops.domain.bank_statement import Balance
from vendorops.domain.refusal import Refused
from vendorops.gateways.bank_reading import read_bank_file

MEANINGS = ("booked_on", "debit", "credit", "balance", "text", "ignored")
HEADINGS = ("交易日期", "借方金额", "贷方金额", "余额", "附言", "对方户名")
LAYOUT = BankLayout("ACC-2026-000001", "CNY", tuple(zip(HEADINGS, MEANINGS, strict=True)))
ROWS = (
    '2026-11-05,"1,971.60",,98028.40,付款 SET-2026-000001 2026-10,恒信',
    "2026-11-05,,5.00,98033.40,利息,银行",
    "2026-11-06,492.90,,97540.50,PAY-2026-000002,北辰",
)


def table(*rows: str, head: str = ",".join(HEADINGS), encoding: str = "utf-8") -> bytes:
    return "\n".join(["账户明细", head, *rows, ""]).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("rows", [ROWS, ROWS[::-1]], ids=["forwards", "backwards"])
def test_rows_are_read_in_the_order_in_which_their_balances_follow(rows, encoding: str):
    [said] = read_bank_file(table(*rows, encoding=encoding), [LAYOUT])

    assert (said.account, said.currency) == ("ACC-2026-000001", "CNY")
    assert said.opening == Balance(10_000_000, date(2026, 11, 5))
    assert said.closing == Balance(9_754_050, date(2026, 11, 6))
    assert [(each.direction, each.amount_minor, each.named) for each in said.lines] == [
        ("debit", 197_160, ("SET-2026-000001",)),
        ("credit", 500, ()),
        ("debit", 49_290, ("PAY-2026-000002",)),
    ]
    assert said.imbalance_minor == 0


def test_one_signed_column_and_decimal_commas_are_read_as_the_mapping_says():
    columns = (
        ("Tag", "booked_on"),
        ("Betrag", "amount"),
        ("Saldo", "balance"),
        ("E2E", "end_to_end_id"),
    )
    layout = BankLayout("ACC-2026-000002", "EUR", columns, ",", "dmy")
    data = b"Tag;Betrag;Saldo;E2E\n05/11/2026;-1.234,00;8.766,00;PAY-2026-000001\n"

    said = read_table(data, [layout])

    [line] = said.lines
    assert (line.direction, line.amount_minor, line.end_to_end_id) == (
        *("debit", 123_400, "PAY-2026-000001"),
    )
    assert said.opening == Balance(1_000_000, date(2026, 11, 5))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (table(ROWS[0], ROWS[2]), "E_BANK_BALANCE: the balance of row 4"),
        (table(*ROWS, head="date,amount"), "E_BANK_FORMAT.*no mapping is saved"),
        (table(), "E_BANK_MISSING"),
        (table("2026-11-05,1.00"), "E_BANK_ROW: row 3"),
        (table("2026-11-05,1.00,,,x,y"), "tells no balance"),
        (table("05/06/2026,1.00,,2.00,x,y"), "E_STATEMENT_DATE"),
        (table("2026-11-05,=1+1,,2.00,x,y"), "E_STATEMENT_NUMBER"),
        (b"PK\x03\x04 a workbook", "E_BANK_FORMAT"),
        (b"\x00\x01\x02", "E_BANK_FORMAT"),
    ],
)
def test_a_table_that_does_not_say_what_it_must_is_refused(data: bytes, fault: str):
    with pytest.raises(Refused, match=fault):
        read_bank_file(data, [LAYOUT])


def test_headings_that_two_accounts_share_need_somebody_to_say_whose_table_it_is():
    other = BankLayout("ACC-2026-000009", "CNY", LAYOUT.columns)

    with pytest.raises(
        Refused, match="E_BANK_WHOSE: it may be of ACC-2026-000001, ACC-2026-000009"
    ):
        read_bank_file(table(*ROWS), [LAYOUT, other])


@pytest.mark.parametrize(
    ("meanings", "fault"),
    [
        (("booked_on", "amount", "colour"), "E_MAPPING_MEANING"),
        (("booked_on", "amount", "amount", "balance"), "E_MAPPING_TWICE"),
        (("booked_on", "debit", "balance"), "E_MAPPING_MISSING: name amount"),
        (("booked_on", "amount"), "no column means balance"),
    ],
)
def test_a_mapping_must_say_day_amount_and_balance_once(meanings, fault: str):
    columns = tuple((f"column {at}", each) for at, each in enumerate(meanings))

    with pytest.raises(BadLayout, match=fault):
        check(BankLayout("ACC-2026-000001", "CNY", columns))
