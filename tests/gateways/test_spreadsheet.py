import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.gateways.workbooks import altered, sheet_xml, with_sheet, workbook
from vendorops.domain.refusal import Refused
from vendorops.gateways.child import Quarantined
from vendorops.gateways.spreadsheet import read_sheets

KNOWN = ["key", "party"]
GOOD = workbook([["key", "party.name"], ["1", "Müller 中文"]])


def read(data):
    return read_sheets(data, KNOWN)


def rows(data):
    (sheet,) = read(data)
    return [(row.number, list(row.cells), dict(row.kinds)) for row in sheet.rows]


def refusal(data):
    """The sentence that a file is refused with, soon enough, by a reader that goes on."""
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        read(data)
    assert time.monotonic() - begun < 20
    assert len(rows(GOOD)) == 2
    return str(refused.value)


def test_text_numbers_days_and_formulas_are_told_apart():
    data = workbook(
        [["key", "party.name"], [], ["0042", " padded "]],
        B4=46.5,
        B5=1e20,
        B6="=1+1",
        B7=True,
        B8="x" * 5000,
        B9=12345678901234,
    )

    assert rows(data) == [
        (1, ["key", "party.name"], {}),
        (3, ["0042", "padded"], {}),
        (4, ["", "46.5"], {1: "number"}),
        (5, ["", ""], {1: "rounded"}),
        (6, ["", ""], {1: "formula"}),
        (7, ["", "true"], {}),
        (8, ["", ""], {1: "long"}),
        (9, ["", "12345678901234"], {1: "number"}),
    ]


def test_a_formula_that_only_another_program_would_see_is_found_by_its_cell():
    xml = sheet_xml(workbook([["key"], ["1"]]))
    shared = xml.replace("</sheetData>", '<row r="3"><c r="A3"><f t="shared" si="0"/><v>7</v></c>'
                         "</row></sheetData>")  # fmt: skip

    assert rows(with_sheet(workbook([["key"], ["1"]]), shared))[2] == (3, [""], {0: "formula"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    text = delimiter.join(["key", "party.name"]) + "\r\n" + delimiter.join(["1", "深圳勤途"])

    assert rows(text.encode(encoding))[1] == (2, ["1", "深圳勤途"], {})


def test_a_western_csv_is_read_as_such_and_not_as_chinese():
    assert rows("key,party.name\n1,Müller Café\n".encode("cp1252"))[1][1] == ["1", "Müller Café"]


def test_a_csv_cell_that_begins_like_a_formula_is_told_as_one():
    assert rows(b'key,party.name\n1,"=cmd|x"\n')[1] == (2, ["1", ""], {1: "formula"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param("key,party.name\n1,«É,\n".encode("cp1252"), "CSV UTF-8", id="either"),
        pytest.param("key\n1".encode("utf-16-le"), "save it as CSV UTF-8", id="utf-16, no mark"),
        pytest.param(
            "key,a\n1,数据标注\n".encode() + "2,数据标注\n".encode("gb18030"), "row 2", id="mixed"
        ),
        pytest.param(b"key,party.name\n1,a\0b\n", "not plain text", id="nul"),
        pytest.param(b'key\n"a\n', "is not CSV", id="open quote"),
        pytest.param(b"key" + b",x" * 1_000_000, "more than 200 columns", id="a million columns"),
        pytest.param(b"key\n" + b"1\n" * 100_001, "more than 100000 rows", id="too many rows"),
        pytest.param(b'key\n"' + b"a" * 2**20 + b'"', "is not CSV", id="a cell of a megabyte"),
        pytest.param(b"x" * (20 * 2**20 + 1), "larger than 20 MiB", id="too large"),
        pytest.param(b"%PDF-1.7", "neither a workbook nor a CSV", id="pdf"),
        pytest.param(b"\x1f\x8b\x08", "neither a workbook nor a CSV", id="gzip"),
        pytest.param(b"\xd0\xcf\x11\xe0" * 200, "without a password", id="old or locked"),
        pytest.param(GOOD[:-300], "the workbook is broken", id="cut off"),
        pytest.param(b"PK\x03\x04garbage", "the workbook is broken", id="no archive"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(data, said):
    assert said in refusal(data)


def packed(**members):
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def bomb():
    xml = sheet_xml(GOOD)
    return with_sheet(GOOD, xml.replace("</sheetData>", " " * 150_000_000 + "</sheetData>"))


def lying_bomb():
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb())
    size = (150_000_000 + len(sheet_xml(GOOD))).to_bytes(4, "little")
    return bytes(data).replace(size, (1000).to_bytes(4, "little"))


def far_cell():
    extra = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return with_sheet(GOOD, sheet_xml(GOOD).replace("</sheetData>", extra + "</sheetData>"))


def hidden_far_cell():
    """The same, written so that a cheap look does not see it."""
    extra = "<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>x</t></is></c></row>"
    return with_sheet(GOOD, sheet_xml(GOOD).replace("</sheetData>", extra + "</sheetData>"))


def entities():
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return with_sheet(GOOD, sheet_xml(GOOD).replace("<worksheet", head + "<worksheet", 1))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to 143 MiB"),
        (lying_bomb, "the workbook is broken"),
        (far_cell, "reaches to row 1048576"),
        (entities, "declares entities of its own"),
        (lambda: altered(GOOD, xl__vbaProject_DOT_bin=b"x"), "has macros"),
        (lambda: altered(GOOD, xl__externalLinks__a_DOT_xml=b"x"), "from other files"),
        (lambda: altered(GOOD, xl__embeddings__a_DOT_xlsx=GOOD), "holds another archive"),
        (lambda: altered(GOOD, nested_DOT_zip=packed(a=GOOD)), "holds another archive"),
        (lambda: altered(GOOD, xl__workbook_DOT_xml="<a"), "the workbook is broken"),
        (lambda: altered(GOOD, xl__workbook_DOT_xml=None), "the workbook is broken"),
        (lambda: packed(**{f"m{n}": "" for n in range(1001)}), "too many parts"),
        (lambda: workbook([["key"] * 300]), "more than 200 columns"),
    ],
    ids=[
        *("bomb", "lying bomb", "far cell", "entities", "macros", "links", "embedded"),
        "nested zip",
        *("broken xml", "no workbook", "many members", "wide"),
    ],
)
def test_a_hostile_workbook_is_refused_by_name_and_the_reader_goes_on(make, said):
    assert said in refusal(make())


def test_a_workbook_that_would_fill_the_memory_is_set_aside():
    with pytest.raises(Quarantined) as quarantined:
        read(hidden_far_cell())

    assert quarantined.value.reason in ("memory-limit", "crash")
    assert len(rows(GOOD)) == 2
