import json

import pytest

from vendorops.documents.workbooks import (
    Column,
    Table,
    UnknownEnding,
    check_ending,
    workbook,
    write_rows,
)
from vendorops.gateways.spreadsheet import read_sheets

DANGEROUS = [
    "=1+1",
    "+cmd",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\uff05",
    "\uff1d1",
    "|x",
    "{=1}",
    "0042",
    "http://x",
]
ROWS = [{"line": str(at), "reason": text} for at, text in enumerate(DANGEROUS)]


def test_a_workbook_holds_every_cell_as_text_and_no_formula(tmp_path):
    write_rows(tmp_path / "r.xlsx", "results", ROWS)

    (sheet,) = read_sheets((tmp_path / "r.xlsx").read_bytes(), ["line"])

    assert all(not row.kinds for row in sheet.rows)
    assert [row.cells[1] for row in sheet.rows[1:]] == [text.strip() for text in DANGEROUS]


def test_a_csv_begins_no_cell_like_a_formula_and_tells_its_encoding(tmp_path):
    write_rows(tmp_path / "r.csv", "results", ROWS)

    data = (tmp_path / "r.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbfline,reason\r\n0,'=1+1\r\n")
    (sheet,) = read_sheets(data, ["line"])
    assert all(not row.kinds for row in sheet.rows)


def test_rows_are_written_as_json_for_scripts(tmp_path):
    write_rows(tmp_path / "r.json", "results", ROWS)

    assert json.loads((tmp_path / "r.json").read_text("utf-8")) == ROWS


def test_a_name_that_says_no_kind_of_file_is_refused_before_work_is_done(tmp_path):
    with pytest.raises(UnknownEnding, match=r"end the name in \.xlsx, \.csv or \.json"):
        check_ending(tmp_path / "r.doc")
    with pytest.raises(UnknownEnding):
        write_rows(tmp_path / "r.doc", "results", ROWS)


def test_choices_lie_on_a_hidden_sheet_once_and_in_full():
    column = Column("kind", "note", ("a", "b"))

    sheets = read_sheets(workbook([Table("t", [column, column], [("a", "b")])]), ["kind"])

    assert [sheet.name for sheet in sheets] == ["t", "choices"]
    assert [row.cells for row in sheets[1].rows] == [("a",), ("b",)]
