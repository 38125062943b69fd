"""Self-billing on the command line, as buyers and suppliers use it."""

import json

import pytest

from tests.cli.conftest import find
from tests.stages.self_billing import billing

BUYER, THEIRS = ("--as", "lin.buyer"), ("--as", billing.SIGNER)
EARLY, OVER, LATE = (("--as-of", day) for day in ("2026-10-05", "2026-11-02", "2026-11-12"))


@pytest.fixture
def form(settings, opener, monkeypatch, tmp_path):
    find(monkeypatch, settings)
    with opener()() as books:
        contract = billing.contract(books)
        billing.worked(books, contract, 2, 9)
    path = tmp_path / "agreement.json"
    path.write_bytes(billing.form(contract))
    return path


def self_bill(run, *words):
    return run("invoice", "self-bill", *words)


def agreed(run, form):
    first = self_bill(run, "agree", form, *BUYER, *EARLY, "--json")
    [row] = first.rows
    assert (row["agreement"], row["status"], row["waits_for"]) == (
        "SBA-2026-000001",
        "proposed",
        "supplier",
    )
    assert run("decide", row["decision"], "approve", "--reason", "fine", *THEIRS, *EARLY).code == 0


def test_a_month_is_agreed_drafted_aligned_issued_and_written(run, form, tmp_path):
    agreed(run, form)
    assert self_bill(run, "draft", *EARLY).code == 0
    drafted = self_bill(run, "draft", *OVER, "--json")
    assert {row["came_to"] for row in drafted.rows} == {"advanced", "waits"}

    aligned = self_bill(
        run, "align", "SBI-2026-000001", "--reason", "ok", *THEIRS, *OVER, "--json"
    )

    [row] = aligned.rows
    assert (row["number"], row["status"], row["net"]) == ("SB-HX-2026-000001", "issued", "3720.00")
    shown = self_bill(run, "show", "SB-HX-2026-000001", "--json")
    [head] = shown.of("invoice")
    assert head["account"].endswith("2051")
    assert billing.IBAN not in shown.out
    assert len(shown.of("line")) == 2
    for name, start in (("ubl", b"<?xml"), ("hybrid_pdf", b"%PDF")):
        out = tmp_path / name
        written = self_bill(run, "file", "SBI-2026-000001", "-o", out, "--format", name, *BUYER)
        assert written.code == 0, written.err
        assert out.read_bytes().startswith(start)
    assert billing.IBAN.encode() in (tmp_path / "ubl").read_bytes()


def test_an_objection_is_listed_as_waiting_for_a_buyer(run, form, tmp_path):
    agreed(run, form)
    self_bill(run, "draft", *EARLY)
    self_bill(run, "draft", *OVER)
    early = self_bill(run, "file", "SBI-2026-000001", "-o", tmp_path / "p.pdf", *THEIRS)
    assert early.code == 0
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")

    objected = self_bill(
        run,
        "object",
        "SBI-2026-000001",
        "--reason",
        "9 October was 30 h",
        *THEIRS,
        *OVER,
        "--json",
    )

    assert objected.rows[0]["waits_for"] == "buyer"
    [row] = self_bill(run, "list", "--status", "objected", "--json").rows
    assert (row["self_billed"], row["number"]) == ("SBI-2026-000001", None)
    again = self_bill(run, "object", "SBI-2026-000001", "--reason", "again", *THEIRS, *OVER)
    assert again.code == 1
    assert "does not wait for the supplier" in again.err


def test_silence_issues_after_its_days_and_an_agreement_can_be_ended(run, form):
    agreed(run, form)
    self_bill(run, "draft", *EARLY)
    self_bill(run, "draft", *OVER)

    assert self_bill(run, "issue", *LATE).code == 0

    listed = self_bill(run, "list", "--json")
    assert [row["status"] for row in listed.of("invoice")] == ["issued"]
    ended = self_bill(
        run, "end", "SBA-2026-000001", "--from", "2026-12-01", *BUYER, *LATE, "--json"
    )
    assert json.loads(ended.out)["before"] == "2026-12-01"


def test_a_format_that_is_asked_for_too_early_is_refused_with_what_there_is(run, form, tmp_path):
    agreed(run, form)
    self_bill(run, "draft", *EARLY)
    self_bill(run, "draft", *OVER)

    refused = self_bill(
        run, "file", "SBI-2026-000001", "-o", tmp_path / "x", "--format", "ubl", *BUYER
    )

    assert refused.code == 1
    assert "its pro forma is written without --format" in refused.err
