"""Taking in folders and mails, mapping statements, entering what a paper says."""

import pytest
import yaml

from tests.gateways.containers import archive, mail
from tests.gateways.workbooks import workbook
from tests.stages.intake.pdfs import printed
from vendorops.demo import story

CLAIMS = story.SAMPLES / "claims"
DAY = ("--as-of", "2026-11-03")
HEADINGS = ("Réf", "Prestation", "Qté", "PU", "Montant", "Remise")
MEANINGS = ("line", "description", "quantity", "price", "amount", "ignored")


def table(*rows):
    return workbook([HEADINGS, *rows])


@pytest.fixture
def dropped(tmp_path):
    """A folder in which a mail, an invoice and things that are no invoices lie."""
    folder = tmp_path / "dropped"
    folder.mkdir()
    claim = (CLAIMS / "RPO-2610-01.xml").read_bytes()
    (folder / "IN 1.eml").write_bytes(mail(("a.zip", archive({"rpo.xml": claim}))))
    (folder / "rpo.xml").write_bytes(claim)
    (folder / ".hidden").write_bytes(b"not looked at")
    (folder / "link.xml").symlink_to(CLAIMS / "BPO-2610-01.xml")
    return folder


@pytest.mark.usefixtures("home")
def test_a_folder_is_taken_file_by_file_and_again_without_anything_new(run, dropped):
    first = run("invoice", "take", dropped, *DAY, "--json")
    again = run("invoice", "take", dropped, *DAY, "--json")

    names = [row["file"].removeprefix(f"{dropped}/") for row in first.rows]
    assert names == [
        "IN 1.eml",
        "IN 1.eml > a.zip",
        "IN 1.eml > a.zip > rpo.xml",
        "link.xml",
        "rpo.xml",
    ]
    assert "it is a link" in first.rows[3]["refused"]
    assert [row.get("received") for row in again.rows] == [
        row.get("received") for row in first.rows
    ]
    assert first.rows[2]["received"] == first.rows[4]["received"] == "FIL-2026-000003"
    assert (first.rows[0]["status"], first.rows[1]["status"]) == ("opened", "opened")
    assert first.code == again.code == 1


@pytest.mark.usefixtures("home")
def test_a_mapping_is_proposed_from_a_workbook_and_refused_while_it_says_too_little(run, tmp_path):
    file, form = tmp_path / "s.xlsx", tmp_path / "mapping.yaml"
    file.write_bytes(table(["1", "Tri", "2", "4.50", "9.00", ""]))

    proposed = run("invoice", "mapping", "propose", file, "-o", form, "--json")
    saved = run("invoice", "mapping", "save", form, "--as", "zhao.finance", *DAY)

    assert proposed.code == 0
    assert [row["heading"] for row in proposed.rows] == [*HEADINGS]
    assert {row["means"] for row in proposed.rows} == {None}
    assert proposed.rows[2]["samples"] == ["2"]
    assert saved.code == 1
    assert "supplier" in saved.err


@pytest.mark.usefixtures("month")
def test_a_mapping_is_saved_listed_and_shown_with_who_saved_it(run, tmp_path):
    form = tmp_path / "mapping.yaml"
    columns = [{"heading": h, "means": m} for h, m in zip(HEADINGS, MEANINGS, strict=True)]
    said = {"supplier": "SUP-2026-000001", "decimal": ",", "currency": "EUR", "columns": columns}
    form.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")

    saved = run("invoice", "mapping", "save", form, "--as", "zhao.finance", *DAY, "--json")
    listed = run("invoice", "mapping", "list", "--supplier", "SUP-2026-000001", *DAY, "--json")
    shown = run("invoice", "mapping", "show", "MAP-2026-000001", "--json")

    assert saved.rows == listed.rows
    assert saved.rows[0] == {
        "mapping": "MAP-2026-000001",
        "supplier": "SUP-2026-000001",
        "columns": 6,
        "decimal": ",",
        "date_order": None,
        "currency": "EUR",
        "from": "2026-11-03",
        "saved_by": "zhao.finance",
    }
    assert [row["means"] for row in shown.of("column")] == [*MEANINGS]


@pytest.mark.usefixtures("month")
def test_what_a_paper_says_is_entered_from_a_form_and_booked_for_who_entered_it(run, tmp_path):
    paper, form = tmp_path / "paper.pdf", tmp_path / "claim.yaml"
    paper.write_bytes(printed(number="P-77"))

    taken = run("invoice", "take", paper, "--as-of", "2026-12-03", "--json")
    file = taken.rows[0]["received"]
    seen = run("invoice", "review", file, "-o", form, "--json")
    said = yaml.safe_load(form.read_text("utf-8"))
    said |= {"supplier": "SUP-2026-000001", "currency": "CNY", "tax": "0", "gross": "1000.00"}
    said["lines"] = [{"description": "by hand", "quantity": "2", "price": "500", "net": "1000.00"}]
    form.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    entered = run(
        *("invoice", "review", file, "--claim", form, "--as", "zhao.finance"),
        *("--as-of", "2026-12-03", "--json"),
    )

    assert (taken.code, taken.rows[0]["status"]) == (0, "in_review")
    assert {"kind": "field", "field": "number", "value": "P-77",
            "where": "page 1, line 2, at 'invoice number'"} in seen.rows  # fmt: skip
    assert entered.rows[0]["status"] == "booked", entered.err
    assert "nothing was suggested of" in run("invoice", "review", "FIL-2026-000001").err
    assert run("invoice", "review", file, "--claim", form, "--as", "zhao.finance").code == 1
