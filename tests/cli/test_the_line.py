from hashlib import sha256

import pytest

from tests.cli.conftest import find
from tests.told import played
from vendorops.books import forget_engines
from vendorops.books.engine import engine
from vendorops.demo import story


def test_a_supplier_is_onboarded_and_qualified_from_the_command_line(home, run):
    application = story.SAMPLES / "applications" / "rpo.yaml"
    words = ("--documents", story.SAMPLES / "documents", "--as-of", "2026-09-21", "--json")

    (case,) = run("onboard", application, *words).rows
    (asked,) = run("inbox", "--as", "lin.buyer", "--as-of", "2026-09-21", "--json").of("question")
    decided = run(
        *("decide", asked["case"], "approve", "--reason", "licences seen"),
        *("--as", "lin.buyer", "--as-of", "2026-09-21"),
    )
    (after,) = run("onboard", application, *words).rows

    assert (case["case"], case["status"], case["waits_for"]) == (
        "QUA-2026-000001",
        "in_review",
        "buyer",
    )
    assert asked["case"] == case["decision"]
    assert decided.code == 0
    assert (after["case"], after["status"]) == ("QUA-2026-000001", "approved")
    assert home.documents.exists()


def test_a_company_file_that_is_loaded_again_changes_nothing(home, run, everything):
    before = everything()

    ran = run("company", "load", story.SAMPLES / "company.yaml", "--as-of", "2026-09-22", "--json")

    assert ran.code == 0
    assert ran.of("legal entity")[0]["code"] == "XH"
    assert ran.of("summary") == [
        {"kind": "summary", "people": 12, "roles": 10, "tolerances": 3, "approvals": 4}
    ]
    assert everything() == before
    assert home.key_file.exists()


@pytest.fixture
def in_force(tmp_path_factory, monkeypatch):
    """An installation with four contracts in force, and no work yet."""
    made = played(tmp_path_factory, acts=3)
    find(monkeypatch, made)
    yield made
    engine(made).dispose()
    forget_engines()


@pytest.mark.usefixtures("in_force")
def test_work_and_claims_are_taken_file_by_file_and_twice_is_once(run):
    sheets = sorted((story.SAMPLES / "sheets").iterdir())
    claims = sorted((story.SAMPLES / "claims").iterdir())
    day = ("--as-of", "2026-11-03", "--json")

    submitted = run("work", "submit", *sheets, *day)
    taken = run("invoice", "take", *claims, *day)
    again = run("invoice", "take", *claims, *day)

    assert submitted.code == taken.code == again.code == 0
    assert {row["waits_for"] for row in submitted.rows} == {"buyer"}
    assert submitted.rows[1]["work"][:2] == ["WRK-2026-000014", "WRK-2026-000015"]
    assert [row["invoice"] for row in taken.rows] == [f"INV-2026-00000{at}" for at in range(1, 5)]
    assert {row["month"] for row in taken.rows} == {"2026-10"}
    assert again.rows == taken.rows


@pytest.mark.usefixtures("in_force")
def test_a_sheet_that_is_refused_stops_none_of_the_others(run, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    right = story.SAMPLES / "sheets" / "rpo.yaml"
    wrong.write_text(right.read_text("utf-8").replace("CON-2026-000003", "CON-2026-000099"))

    ran = run("work", "submit", wrong, right, "--as-of", "2026-11-03", "--json")

    assert ran.code == 1
    assert "wrong.yaml: there is no Contract 'CON-2026-000099'" in ran.err
    assert [row.get("sheet") for row in ran.rows] == [None, "SES-2026-000001"]


@pytest.mark.usefixtures("month")
def test_a_contract_is_rendered_as_the_very_bytes_that_were_signed(run, tmp_path):
    file = tmp_path / "contract.pdf"

    ran = run("contract", "render", "CON-2026-000002", "-o", file, "--json")

    (row,) = ran.rows
    assert file.read_bytes().startswith(b"%PDF-")
    assert row["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert (row["status"], row["signed_by"]) == ("effective", "tang.freelance")


@pytest.mark.usefixtures("month")
def test_a_contract_that_nobody_knows_is_refused_and_writes_no_file(run, tmp_path):
    ran = run("contract", "render", "CON-2026-000077", "-o", tmp_path / "contract.pdf")

    assert ran.code == 1
    assert "CON-2026-000077" in ran.err
    assert not (tmp_path / "contract.pdf").exists()
