from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.claim_suggestion import NeedsReview
from vendorops.domain.delimited import BadTable
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.formats import NotAnInvoice, TotalsDisagree, format_of
from vendorops.formats import statement_csv as statement

HEADER = "statement,date,currency,seller id,contract,line,description,quantity,unit,price,amount"
FIRST = "S-10,2026-10-31,CNY,V-7,C-7,1,Payroll run,120,EA,15.00,1800.00"
SECOND = "S-10,2026-10-31,CNY,V-7,C-7,2,Data labelling,7.5,HUR,33.33,249.98"
CHINESE = (
    "对账单号\t日期\t币种\t供应商编号\t供应商\t行号\t项目\t数量\t单价\t金额\t税率\t税额\t工作编号\n"
    "S-10\t2026/10/31\tCNY\tV-7\t远航人力\t1\t数据标注\t2\t50.00\t100.00\t6%\t6.00\tW-1\n"
)


def table(*rows, header=HEADER):
    return "\n".join((header, *rows)).encode()


def test_a_plain_statement_is_read_row_by_row():
    claim = statement.read(table(FIRST, "", SECOND))

    assert (claim.kind, claim.number, claim.issue_date) == (
        "statement",
        "S-10",
        date(2026, 10, 31),
    )
    assert (claim.seller_identifiers, claim.contract_reference) == (("V-7",), "C-7")
    assert claim.gross == claim.net == claim.payable == Money.parse("2049.98", "CNY")
    assert [(line.number, line.quantity_e4) for line in claim.lines] == [
        ("1", 1_200_000),
        ("2", 75_000),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_statement_is_read_in_every_encoding_in_use(encoding):
    data = CHINESE.encode(encoding)

    claim = statement.read(data)

    assert format_of(data, "对账单.csv") is format_of(data, "no-name") is statement
    assert (claim.seller_name, claim.lines[0].description) == ("远航人力", "数据标注")
    assert (claim.tax.text, claim.gross.text) == ("6.00", "106.00")
    assert (claim.lines[0].tax_rate_e4, claim.lines[0].work_reference) == (600, "W-1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_western_statement_with_a_title_row_is_read_with_any_delimiter(delimiter):
    rows = ("Statement of Müller", HEADER, FIRST.replace("Payroll", "Löhne"))
    data = "\r\n".join(rows).replace(",", delimiter).encode("cp1252")

    assert statement.read(data).lines[0].description == "Löhne run"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (SECOND.replace("7.5", "7,5"), r"row 3 has 12 cells, but the header has 11"),
        (SECOND.replace("33.33", "1e9"), r"row 3, column price: '1e9' is not a plain"),
        (SECOND.replace("249.98", "249.980001"), r"row 3, column amount: .* finer than"),
        (SECOND.replace("249.98", "-0"), r"row 3, column amount: '-0' is minus nothing"),
        (SECOND.replace("CNY", "USD"), r"row 3, column currency: it differs from row 2"),
        (SECOND.replace("Data labelling", ""), r"row 3, column description: the cell is empty"),
        (SECOND.replace("2026-10-31", "31.10.2026"), r"row 3, column date: it differs"),
        (SECOND + ',"a"b', r"line 3 of the file is not CSV"),
    ],
)
def test_a_broken_row_is_refused_with_its_number_and_column(row, sentence):
    with pytest.raises(BadTable, match=sentence):
        statement.read(table(FIRST, row))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (FIRST.replace("2026-10-31", "2026-02-30"), "row 2, column date: day is out of range"),
        (FIRST.replace("2026-10-31", "31 October"), "row 2, column date: .* write it as 2026"),
        (FIRST.replace("CNY", "yuan"), "row 2, column currency: the cell is not a currency"),
        (FIRST.replace("Payroll run", "x" * 4001), "row 2, column 7: more than 4000"),
    ],
)
def test_a_broken_head_fact_is_refused_with_its_column(row, sentence):
    with pytest.raises(BadTable, match=sentence):
        statement.read(table(row))


def test_an_amount_that_is_not_quantity_times_price_is_refused_with_all_three():
    with pytest.raises(TotalsDisagree, match=r"row 2: 120 x 15\.00 is 1800\.00 CNY, but .* 1900"):
        statement.read(table(FIRST.replace("1800.00", "1900.00")))


def test_a_stated_total_that_the_rows_do_not_make_is_refused():
    with pytest.raises(TotalsDisagree, match=r"1800\.00 CNY, but the stated total is 1801\.00"):
        statement.read(table(FIRST + ",1801.00", header=HEADER + ",total"))


@pytest.mark.parametrize(
    ("row", "header", "why"),
    [
        (FIRST + ",100.00", HEADER + ",discount", "row 1: column 'discount' is not known"),
        (FIRST + ",1.00", HEADER + ",net", "row 1: there are two columns for amount"),
        (FIRST, HEADER.replace("price", "colour"), "column 'colour' is not known"),
        (FIRST, HEADER.replace("price", "note"), "there is no column for price"),
    ],
)
def test_columns_that_are_not_certain_go_to_a_person_with_what_is_known(row, header, why):
    with pytest.raises(NeedsReview, match=why) as doubt:
        statement.read(table(row, header=header))

    known = {column.heading: column.meaning for column in doubt.value.suggestion.columns}
    assert known["quantity"] == "quantity"
    assert doubt.value.suggestion.columns[6].samples == ("Payroll run",)


@pytest.mark.parametrize("column", ["statement", "date", "currency", "seller id"])
def test_a_file_that_does_not_say_whose_or_when_goes_to_a_person(column):
    header, row = HEADER.split(","), FIRST.split(",")
    at = header.index(column)
    rows = [",".join(cells[:at] + cells[at + 1 :]) for cells in (row, header)]

    with pytest.raises(NeedsReview, match="E_STATEMENT_HEAD: the file does not say") as doubt:
        statement.read(table(rows[0], header=rows[1]))

    lines = doubt.value.suggestion.lines
    assert [line.net.text for line in lines] == ([] if column == "currency" else ["1800.00"])


def test_a_file_with_another_heart_is_refused():
    with pytest.raises(NotAnInvoice, match="no row names the columns"):
        statement.read(b"name,age\nAnna,7\n")


def test_more_rows_than_any_statement_has_are_refused():
    with pytest.raises(BadTable, match="more than 100000 rows"):
        statement.read(table(*[","] * 100_300))


def test_more_columns_than_any_statement_has_are_refused():
    with pytest.raises(BadTable, match="211 columns, more than 200"):
        statement.read(table(header=HEADER + ",x" * 200))


@given(data=st.text(alphabet='S1,;\t"\n.-日期ü0x', max_size=200))
def test_any_text_below_a_header_is_read_or_refused(data):
    with suppress(Refused):
        assert statement.read(table(data)).kind == "statement"
