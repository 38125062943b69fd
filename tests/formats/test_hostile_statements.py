"""Statements that mean harm, and the older kinds of workbooks: each refused by name, and soon."""

import struct
import time

import pytest

from tests.formats.test_statement_layouts import CHINESE, LINE
from tests.gateways.old_workbooks import ods, xls
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.formats import format_of, statement_csv, statement_workbook

HEAD = "statement,date,currency,seller id,line,description,quantity,price,amount\n"
ROW = "S,2026-10-31,CNY,V,1,数据标注,2,50,100\n"
SUPBOOK = (0x1AE, struct.pack("<HH", 1, 6) + b"\x00\x01b.xls")
"""A record that names another workbook (MS-XLS 2.4.271)."""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            HEAD.encode() + b"S,\0,CNY,V,1,x,2,50,100\n",
            "E_CSV_ENCODING: the file is not plain text",
        ),
        (
            (HEAD + ROW).encode() + ROW.encode("gb18030"),
            "E_CSV_ENCODING: row 2 is UTF-8 and others are not",
        ),
        (HEAD.encode() + "S,2026-10-31,CNY,V,1,öß,2,50,100".encode("cp1252"), "E_CSV_ENCODING"),
        (b"a" + b",x" * 1_000_000, "E_STATEMENT_LIMIT: row 1 has 1000001 columns"),
        (HEAD.encode() + b"," * 1_000_000, "E_STATEMENT_LIMIT: row 2 has 1000001 columns"),
        (HEAD.encode() + b'"' + b"x" * 5_000_000, "E_CSV_BROKEN: line 2"),
        (b"x" * (20 * 2**20 + 1), "E_STATEMENT_LIMIT: the file has 20971521 bytes"),
        (
            (HEAD + ROW.replace("50", "=1+1")).encode(),
            "row 2, column price: '=1.1' is not a plain",
        ),
        ((HEAD + ROW.replace("50", "١٢")).encode(), "row 2, column price: '١٢' is not a plain"),
        ((HEAD + ROW.replace("50", "NaN")).encode(), "row 2, column price: 'NaN' is not a plain"),
        ((HEAD + ROW.replace("50", "1e999")).encode(), "column price: '1e999' is not a plain"),
        ((HEAD + ROW.replace("100", "9" * 30)).encode(), "row 2, column amount: .* too long"),
        ((HEAD + ROW.replace("-31", "-32")).encode(), "row 2, column date: day is out of range"),
    ],
)
def test_a_csv_that_means_harm_is_refused_by_name_and_row_and_soon(data, said):
    begun = time.monotonic()

    with pytest.raises(Refused, match=said):
        statement_csv.read(data)

    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("write", [ods, xls])
def test_a_statement_in_an_older_kind_of_workbook_is_read(write):
    line = ["1", "数据标注", 2, 50, 100, "6%", 6, 106, "十月"]
    data = write([*CHINESE, line])

    claim = statement_workbook.read(data)

    assert format_of(data, "对账单") is statement_workbook
    assert (claim.number, claim.net.text, claim.tax.text) == ("DZ-10", "100.00", "6.00")
    assert claim.lines[0].tax_rate_e4 == 600


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: ods([*CHINESE, LINE], Basic__script_xml="x"), "E_XLSX_MACRO"),
        (lambda: ods([*CHINESE, LINE], "<table:table-source/>"), "E_XLSX_LINK"),
        (lambda: ods([*CHINESE, LINE])[:-40], "E_XLSX_BROKEN"),
        (lambda: xls([*CHINESE, LINE], SUPBOOK), "E_XLSX_LINK"),
    ],
    ids=["ods macro", "ods link", "ods damaged", "xls link"],
)
def test_an_older_workbook_that_could_do_harm_is_refused_by_name(make, code):
    with pytest.raises(Refused, match=code) as refused:
        statement_workbook.read(make())

    assert isinstance(refused.value, Unsafe) == (code != "E_XLSX_BROKEN")
