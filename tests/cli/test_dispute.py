"""A dispute from its opening to its end, as people and scripts see it."""

import json

import pytest

from tests.cli.conftest import find
from tests.stages.disputes.disputing import BUYER, FINANCE, SIGNER, company

DAY = ("--as-of", "2026-11-05", "--json")
FINDING = "quantity_above_accepted"


@pytest.fixture
def claim(opener, settings, monkeypatch):
    """A claim of which 39.00 were not explained, in an installation that commands find."""
    row = company(opener)
    find(monkeypatch, settings)
    return row.reference


def opened(run, claim, *more):
    said = ("--reason", FINDING, "--text", "two hours more than the sheet")
    [row] = run("dispute", "open", f"{claim}/1", *said, *more, "--as", BUYER, *DAY).rows
    return row


def test_a_dispute_is_opened_answered_agreed_decided_and_shown(run, claim, tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.7 hours")
    dispute = opened(run, claim, "--evidence", tmp_path / "sheet.pdf")["dispute"]
    run("dispute", "answer", dispute, "--text", "we see it", "--as", SIGNER, *DAY)

    said = ("--by", "none", "--reason", "both counted")
    [agreed] = run("dispute", "agree", dispute, *said, "--as", BUYER, *DAY).rows
    assert (agreed["status"], agreed["waits_for"]) == ("proposed", "finance")
    decided = ("--reason", "the sheet says so", "--as", FINANCE, "--as-of", "2026-11-05")
    assert run("decide", agreed["decision"], "approve", *decided).code == 0

    shown = run("dispute", "show", dispute, *DAY)
    [row] = shown.of("dispute")
    assert (row["supplier_days"], row["buyer_days"], row["program_days"]) == (0, 0, 0)
    assert row["outcome"] == "39.00 CNY credited without a document, as it was never paid"
    assert [each["turn_of"] for each in shown.of("message")] == ["supplier", "buyer", "buyer"]
    assert len(shown.of("message")[0]["evidence"]) == 1


def test_what_is_underway_is_listed_by_whose_turn_it_is_and_how_late(run, claim):
    opened(run, claim)

    listed = ("dispute", "list", "--json", "--as-of", "2026-12-01", "--late")

    [row] = run(*listed, "--clock", "supplier").rows
    assert (row["amount"], row["clock_owner"]) == ("39.00", "supplier")
    assert row["days_late"] > 0
    assert run(*listed, "--clock", "buyer").rows == []


def test_a_dispute_unfolds_with_its_words_and_days_and_beside_its_claim(run, claim):
    dispute = opened(run, claim)["dispute"]

    [line] = run("explain", dispute, "--json").out.splitlines()[:1]
    tree = json.loads(line)

    assert (tree["kind"], tree["amount"], tree["about"]) == ("dispute", "39.00", claim)
    assert tree["parts"][0]["said"] == "two hours more than the sheet"
    assert f'"reference": "{dispute}"' in run("explain", claim, "--json").out


def test_what_a_dispute_cannot_be_is_refused_by_its_name(run, claim):
    dispute = opened(run, claim)["dispute"]
    said = ("--reason", "quality", "--text", "it broke")
    for words, code, why in (
        (("open", claim, *said, "--amount", "12,5"), 1, "12,5"),
        (("open", "INV-2026-000077", *said), 1, "there is no Invoice 'INV-2026-000077'"),
        (("open", f"{claim}/x", *said), 2, "a line is given by its number"),
        (("open", claim, "--reason", "mood", "--text", "it broke"), 2, "'mood' is not one of"),
        (("answer", "DSP-2026-000009", "--text", "so"), 1, "there is no Dispute"),
        (("answer", dispute, "--text", " "), 2, "say what you mean"),
        (("withdraw", dispute, "--text", " "), 2, "say what you mean"),
        (("agree", dispute, "--credit", "1.001", "--reason", "so it is"), 1, "1.001"),
    ):
        ran = run("dispute", *words, "--as", BUYER, *DAY)
        assert (ran.code, why in ran.err) == (code, True), ran.err
