"""The statement of a settlement is shown, written, confirmed and disputed by command."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("month")


def test_a_statement_shows_every_amount_with_its_reason_and_the_law(run):
    (told,) = run("statement", "show", "SET-2026-000002", "--json").rows

    assert (told["gross"], told["deducted"]) == ("37630.00", "8520.00")
    assert (told["withheld"], told["net"]) == ("4986.40", "24123.60")
    (tax,) = told["taxes"]
    assert (tax["what"], tax["amount"]) == ("cn.iit.labor_remuneration", "4986.40")
    assert "个人所得税 Individual income tax" in tax["title"]
    assert any("SAT Announcement 2018 No. 61" in each["source"] for each in tax["law"])
    assert all(row["reason"] for row in told["deductions"])


def test_a_statement_for_people_fits_a_terminal_and_ends_with_the_net(run):
    ran = run("statement", "show", "SET-2026-000002", "--languages", "en")

    assert ran.code == 0
    assert "24,123.60" in ran.out
    assert "Individual" in ran.out
    assert "cn.iit" not in ran.out, "people are told the name of a tax"


def test_a_statement_is_written_as_pdf_and_json_and_as_nothing_else(run, tmp_path):
    for ending in ("pdf", "json"):
        ran = run("statement", "write", "SET-2026-000002", "-o", tmp_path / f"s.{ending}")
        assert ran.code == 0, ran.err

    refused = run("statement", "write", "SET-2026-000002", "-o", tmp_path / "s.docx")

    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "s.json").read_bytes())["net"] == "24123.60"
    assert refused.code == 1
    assert "end the name in .pdf or .json" in refused.err


def test_what_is_paid_already_is_disputed_on_the_invoice(run):
    ran = run("statement", "dispute", "SET-2026-000002", "--reason", "too little", "--as", "x.y")

    assert ran.code == 1
    assert "vendorops dispute open" in ran.err


def test_statements_of_a_month_are_listed_with_what_payees_say(run):
    rows = run("statement", "list", "--month", "2026-10", "--json").rows

    assert {row["settlement"] for row in rows} >= {"SET-2026-000001", "SET-2026-000002"}
    assert all(row["confirmation"] is None for row in rows)
