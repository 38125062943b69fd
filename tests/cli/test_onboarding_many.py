import csv
import json

import pytest

from tests.cli.test_bad_inputs import DOCUMENTS, one_sentence
from tests.gateways.workbooks import workbook
from tests.stages.onboarding.bulk.many import NAMES, csv_of, row
from vendorops.gateways.spreadsheet import read_sheets

DAY = ("--as-of", "2026-09-21")


@pytest.fixture
def hand_in(home, run, tmp_path):
    """Return `hand_in(rows, *words)`, which onboards a CSV of rows."""
    del home

    def handing(rows, *words):
        file = tmp_path / "applications.csv"
        file.write_bytes(csv_of(rows))
        return run("onboard", file, "--documents", DOCUMENTS, *DAY, *words)

    return handing


def test_a_spreadsheet_is_entered_checked_and_its_cases_wait_for_the_buyer(hand_in, run):
    ran = hand_in([row(name) for name in NAMES], "--json")

    assert ran.code == 0
    assert [(each["line"], each["outcome"], each["waits"]) for each in ran.rows] == [
        (line, "entered", "for a decision") for line in (2, 3, 4, 5)
    ]
    assert len(run("inbox", "--all", "--json", *DAY).rows) >= 4


def test_nothing_is_entered_unless_everything_is_in_order_and_all_reasons_are_written(
    hand_in, everything, tmp_path
):
    before = everything() | {"documents": []}
    result = tmp_path / "result.csv"

    ran = hand_in([row("bpo"), row("rpo", contract__cap="0")], "--result", result)

    assert one_sentence(ran, "1 of 2 rows are not in order (1 held, 1 refused)")
    assert everything() | {"documents": []} == before  # Bytes that no row names harm nothing.
    told = list(csv.DictReader(result.read_text("utf-8-sig").splitlines()))
    assert [(each["line"], each["outcome"]) for each in told] == [("2", "held"), ("3", "refused")]
    assert "column contract.cap: must be above nothing" in told[1]["reason"]


def test_good_rows_are_entered_beside_refused_ones_where_that_was_asked_for(hand_in, tmp_path):
    rows = [row("bpo"), row("rpo", contract__cap="0")]
    result = tmp_path / "result.json"

    ran = hand_in(rows, "--mode", "partial", "--result", result, "--no-check")

    assert ran.code == 1
    assert "1 entered, 1 refused" in ran.out
    told = json.loads(result.read_text("utf-8"))
    assert [(each["outcome"], each["waits"]) for each in told] == [
        ("entered", ""),
        ("refused", ""),
    ]


def test_what_all_rows_share_may_stand_in_a_file_of_its_own(hand_in, tmp_path):
    defaults = tmp_path / "defaults.yaml"
    defaults.write_text("legal_entity: XH\nplace: cn\n", "utf-8")
    rows = [row("bpo", legal_entity="", place="")]

    ran = hand_in(rows, "--defaults", defaults, "--json")

    assert (ran.code, ran.rows[0]["outcome"]) == (0, "entered")


def test_a_case_that_cannot_go_on_is_told_with_its_row(hand_in):
    ran = hand_in([row("freelance", contract__particulars__revisions="")], "--json")

    assert ran.code == 1
    (told,) = ran.rows
    assert told["outcome"] == "entered"
    assert "needs 'revisions'" in told["cannot_go_on"]


def test_a_result_that_cannot_be_written_is_refused_before_anything_is_entered(
    hand_in, everything, tmp_path
):
    before = everything()

    ran = hand_in([row("bpo")], "--result", tmp_path / "result.doc")

    assert one_sentence(ran, "result.doc: end the name in .xlsx, .csv or .json")
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"party.nmae\nX\n", "did you mean party.name?"),
        ("a.xlsx", b"PK\x03\x04broken", "the workbook is broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0" * 200, "save it as .xlsx"),
        ("a.xlsx", workbook([["key", "party.name"]], A2="=1+1"), "column"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_spreadsheet_that_cannot_be_read_is_refused_in_one_sentence(
    run, tmp_path, name, data, said
):
    (tmp_path / name).write_bytes(data)

    ran = run("onboard", tmp_path / name)

    assert ran.code == 1
    assert said in ran.err + ran.out
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("program", NAMES)
@pytest.mark.parametrize("place", ["cn", "xa"])
@pytest.mark.usefixtures("home")
def test_the_template_of_every_program_is_read_back_and_its_example_is_an_application(
    run, tmp_path, program, place
):
    output = tmp_path / "applications.xlsx"

    ran = run("onboard", "template", "--program", program, "--place", place, "-o", output)

    assert ran.code == 0
    empty = run("onboard", output, *DAY)
    assert one_sentence(empty, "the file has no row below its column names")
    filled = filled_in(output, tmp_path)
    ran = run("onboard", filled, "--json", *DAY)
    (told,) = ran.rows
    assert told["outcome"] == "entered", told


@pytest.mark.parametrize(
    ("program", "columns"),
    [
        ("rpo", {"contract.guarantee.days", "contract.guarantee.steps.2.refund"}),
        ("bpo", {"contract.service_levels.1.target", "contract.service_levels.1.monthly_cap"}),
        ("staffing", {"contract.overtime.workday", "contract.overtime.holiday"}),
        ("freelance", {"contract.payment.days", "contract.acceptance.review_days"}),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_a_contract_states_as_facts_has_columns_of_its_own_and_none_of_words(
    run, tmp_path, program, columns
):
    output = tmp_path / "applications.xlsx"
    run("onboard", "template", "--program", program, "--place", "cn", "-o", output)

    sheets = {sheet.name: sheet for sheet in read_sheets(output.read_bytes(), ["key"])}
    header, example = (list(each.cells) for each in sheets["applications"].rows)
    said = dict(zip(header, example, strict=False))

    assert all(said[column] for column in columns)
    words = {"guarantee_steps", "quality_target", "service_credit", "overtime_workday"}
    assert not words & {column.split(".")[-1] for column in header}
    assert not any(f".{word}." in column for word in words for column in header)


def filled_in(output, folder):
    """The template's example as a row of its own, with a paper for each file that it names."""
    sheets = {sheet.name: sheet for sheet in read_sheets(output.read_bytes(), ["key"])}
    header, example = (list(each.cells) for each in sheets["applications"].rows)
    common = {each.cells[0]: (*each.cells, "")[1] for each in sheets["common"].rows[1:]}
    given = common | dict(zip(header, ["mine", *example[1:]], strict=False))
    given["legal_entity"] = "XH"
    for column, name in given.items():
        if column.endswith(".file"):
            (folder / name).write_bytes(b"%PDF-1.7 %%EOF")
    filled = folder / "filled.csv"
    filled.write_bytes(csv_of([given]))
    return filled


@pytest.mark.usefixtures("home")
def test_a_template_of_no_known_program_is_refused_by_name(run, tmp_path):
    ran = run(
        *("onboard", "template", "--program", "mars", "--place", "cn"),
        *("-o", tmp_path / "t.xlsx"),
    )

    assert one_sentence(ran, "programs knows no 'mars'")
