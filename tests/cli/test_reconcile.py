"""Closed months are replayed and reopened from the command line."""

from hashlib import sha256

import pytest

from vendorops.documents import pdf_facts

pytestmark = pytest.mark.usefixtures("month")


def test_a_closed_month_replays_and_leaves_the_bytes_its_seals_are_the_hashes_of(run, tmp_path):
    ran = run("reconcile", "--month", "2026-10", "--replay", "-o", tmp_path / "seals", "--json")

    assert ran.code == 0
    assert len(ran.of("replay")) == 4
    for row in ran.of("replay"):
        assert row["identical"] is True
        for what in ("inputs", "result"):
            sealed = tmp_path / "seals" / f"{row['reconciliation']}.{what}.txt"
            assert sha256(sealed.read_bytes()).hexdigest() == row[f"{what}_sha256"]


def test_a_paid_month_cannot_be_reopened_and_the_refusal_says_what_to_do(run):
    told = ("--reason", "the tolerance was wrong", "--as", "zhao.finance")

    ran = run("reconcile", "reopen", "REC-2026-000001", *told, "--as-of", "2026-12-02")

    assert ran.code == 1
    assert "credit note" in ran.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("reconcile",), "Missing option '--month'"),
        (("reconcile", "--month", "2026-10", "-o", "x"), "-o goes with --replay"),
        (("reconcile", "--month", "October"), "October"),
    ],
)
def test_a_misused_command_says_what_is_missing(run, given, said):
    ran = run(*given)

    assert ran.code == 2
    assert said in ran.err


def test_the_reports_of_a_month_are_the_same_bytes_again_and_end_in_what_is_paid(run, tmp_path):
    given = ("reconcile", "report", "--month", "2026-10", "--as-of", "2026-12-02", "--json")

    first = run(*given, "-o", tmp_path / "a").rows
    second = run(*given, "-o", tmp_path / "b").rows

    assert len(first) == 8
    assert [row["sha256"] for row in first] == [row["sha256"] for row in second]
    (paper,) = (tmp_path / "a").glob("SUP-2026-000002-*.pdf")
    assert "24,123.60" in pdf_facts(paper.read_bytes()).text


def test_a_report_of_a_month_without_claims_is_refused(run, tmp_path):
    ran = run("reconcile", "report", "--month", "2026-09", "-o", tmp_path)

    assert ran.code == 1
    assert "no claim for 2026-09" in ran.err
