import pytest

from tests.stages.onboarding.bulk.many import lines, row, sheet
from vendorops.domain.delimited import BadTable
from vendorops.gateways.spreadsheet import Sheet, SheetRow
from vendorops.stages.onboarding.application import Application
from vendorops.stages.onboarding.bulk import lines_of
from vendorops.stages.onboarding.bulk.columns import patterns


def table(name, *rows):
    numbered = enumerate(rows, start=1)
    return Sheet(name, tuple(SheetRow(at, tuple(cells), {}) for at, cells in numbered))


def test_every_shipped_application_fits_a_row_and_comes_back_as_it_was():
    for name in ("bpo", "freelance", "rpo", "staffing"):
        (line,) = lines(row(name))

        application = Application.model_validate(line.content)

        assert application.program == name
        assert line.faults == []


def test_every_field_of_the_model_is_a_column():
    assert {"party.name", "contract.terms.#.valid_from", "documents.#.valid_to"} < set(patterns())
    assert len(patterns()) == len(set(patterns()))


def test_titles_above_the_header_and_blank_rows_are_passed_over():
    sheets = (table("", ["Applications 2026"], ["key", "party.name"], ["a", "X"]),)

    (line,) = lines_of(sheets)

    assert (line.number, line.key, line.content) == (3, "a", {"party": {"name": "X"}})


def test_a_row_without_a_key_is_called_by_its_number():
    assert [line.key for line in lines_of((table("", ["party.name"], ["X"], ["Y"]),))] == [
        "2",
        "3",
    ]


def test_the_example_of_the_template_is_left_out():
    sheets = (table("", ["key", "party.name"], ["example", "X"], ["a", "Y"]),)

    assert [line.key for line in lines_of(sheets)] == ["a"]


def test_sheets_of_documents_and_of_what_all_share_belong_to_their_rows():
    sheets = (
        table("common", ["column", "value", "meaning"], ["party.place", "cn", "where"]),
        table("applications", ["key", "party.name", "party.place"], ["a", "X"], ["b", "Y", "xa"]),
        table("documents", ["key", "kind", "number"], ["b", "k2", "2"], ["a", "k1", "1"]),
        table("read me", ["How to fill this in"]),
    )

    first, second = lines_of(sheets, b"contract: {terms: [{code: hour}]}")

    assert first.content == {
        "party": {"name": "X", "place": "cn"},
        "contract": {"terms": [{"code": "hour"}]},
        "documents": [{"kind": "k1", "number": "1"}],
    }
    assert second.content["party"] == {"name": "Y", "place": "xa"}
    assert second.place(("documents", 0, "kind")) == "sheet documents, row 2, column kind"
    assert second.place(("documents", 0, "issuer")) == "sheet documents, row 2, column issuer"


def test_a_place_is_told_by_the_column_people_see_even_where_numbers_are_left_out():
    (line,) = lines({"documents.1.kind": "", "documents.3.kind": "k"})

    assert line.content == {"documents": [{"kind": "k"}]}
    assert line.place(("documents", 0, "kind")) == "column documents.3.kind"
    assert line.told("documents 1: is there twice").startswith("columns documents.3: is")
    assert line.told("documents, k: no file").startswith("documents, k: no")
    assert line.told("QUA-2026-000001 is approved").startswith("QUA")


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            [table("", ["party.nmae"], ["X"])],
            "'party.nmae' is not known, did you mean party.name?",
        ),
        ([table("", ["key", "zzz"], ["1", "X"])], "column 'zzz' is not known, take it out"),
        ([table("", ["key", "key"], ["1", "X"])], "there are two columns key, keep one"),
        ([table("", ["key"])], "no row below its column names"),
        ([table("")], "the file is empty"),
        ([table("a", ["key"]), table("b", ["key"])], "sheet a, b: not known; the sheets are"),
        ([table("common", ["x", "y"])], "there is no sheet applications"),
        (
            [table("common", ["party.town", "y"]), table("applications", ["key"])],
            "sheet common, row 1: 'party.town' is not known",
        ),
        (
            [table("applications", ["key", "place"], ["a", "cn"]), table("documents", ["kind"])],
            None,
        ),
        (
            [
                table("applications", ["key", "place"], ["a", "cn"]),
                table("documents", ["key", "kind"], ["c", "x"]),
            ],
            "sheet documents: the key 'c' names 0 rows",
        ),
        (
            [
                table("applications", ["key", "place"], ["a", "cn"], ["a", "cn"]),
                table("documents", ["key", "kind"], ["a", "x"]),
            ],
            "the key 'a' names 2 rows",
        ),
        (
            [
                table("applications", ["key", "place"], ["a", "cn"]),
                table("documents", ["key", "kind"], ["", "x"]),
            ],
            "sheet documents, row 2: the key is empty",
        ),
        (
            [
                table("applications", ["key", "place"], ["a", "cn"]),
                table("documents", ["key", "colour"], ["a", "x"]),
            ],
            "sheet documents, row 1: column 'colour' is not known",
        ),
    ],
)
def test_a_file_whose_sheets_or_columns_are_not_known_is_refused_with_what_to_do(sheets, said):
    if said is None:
        assert len(lines_of(tuple(sheets))) == 1
        return
    with pytest.raises(BadTable) as refused:
        lines_of(tuple(sheets))

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("column", "kind", "said"),
    [
        ("party.name", "formula", "column party.name is a formula, which is not evaluated"),
        ("contract.cap", "rounded", "kept fifteen digits only"),
        ("bank_account.number", "number", "drops leading zeros"),
        ("bank_account.bank", "number", "drops leading zeros"),
        ("party.name", "long", "longer than any field"),
        ("contract.cap", "number", None),
    ],
)
def test_cells_that_are_not_what_they_show_are_named(column, kind, said):
    sheets = (Sheet("", (SheetRow(1, (column,), {}), SheetRow(2, ("7",), {0: kind}))),)

    (line,) = lines_of(sheets)

    assert line.faults == [] if said is None else said in line.faults[0]


def test_a_number_that_a_spreadsheet_rounded_on_the_way_to_csv_is_named():
    (line,) = lines({"bank_account.number": "6.22202E+18"})

    assert "kept fifteen digits only" in line.faults[0]


def test_a_cell_under_no_column_is_named_and_not_dropped():
    (line,) = lines_of((table("", ["key", "place"], ["a", "cn", "lost"]),))

    assert line.faults == [
        "cell 3 of the row has no column name above it; name the column or empty the cell"
    ]


def test_a_field_filled_as_a_value_and_as_a_table_is_refused():
    given = {
        "contract.particulars.steps": "x",
        "contract.particulars.steps.1.days": "1",
    }
    (line,) = lines_of((sheet([given]),))

    with pytest.raises(BadTable, match="both as one value and as a table"):
        _ = line.content
