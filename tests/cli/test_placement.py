"""Placements and their guarantees from the command line."""

import pytest

from tests import make
from tests.cli.conftest import find
from tests.make.placements import recruiting
from tests.stages.settlement.month import company

PERSON = ("--name", "王小明", "--pay", "360000.00", "--starts-on", "2026-10-05")


@pytest.fixture
def under(opener, settings, monkeypatch):
    """The reference of a recruiter's contract, in books that commands find."""
    find(monkeypatch, settings)
    with opener()() as books:
        company(books)
        make.person(books, "mei.hr")
        return recruiting(books).reference


def on(day):
    return ("--as-of", day, "--as", "mei.hr", "--json")


@pytest.fixture
def working(run, under):
    """Somebody who was placed and started on the fifth of October."""
    (accepted,) = run("placement", "accept", under, *PERSON, *on("2026-10-01")).rows
    words = (accepted["placement"], "--on", "2026-10-05")
    (row,) = run("placement", "start", *words, *on("2026-10-05")).rows
    return row


def test_a_start_opens_the_guarantee_and_the_lists_say_so(run, working, under):
    assert (working["status"], working["guarantee_until"]) == ("in_guarantee", "2027-01-03")
    assert working["pay"] == "360000.00"

    (listed,) = run("placement", "list", "--contract", under, "--json").rows
    (running,) = run("guarantees", "--as-of", "2026-11-05", "--json").rows

    assert listed["placement"] == working["placement"]
    assert (running["state"], running["day"], running["days_left"]) == ("running", 31, 59)
    assert (running["share"], running["at_risk"], running["owed"]) == ("1/2", "36000.00", "0.00")
    assert run("placement", "list", "--status", "settled", "--json").rows == []


def test_a_leaving_is_reported_with_its_evidence_and_somebody_comes_instead(
    run, working, tmp_path
):
    letter = tmp_path / "letter.PDF"
    letter.write_bytes(b"%PDF-1.7 resignation")
    left = ("--on", "2026-11-14", "--reason", "resigned", "--evidence", letter)

    gone = run("placement", "leave", working["placement"], *left, *on("2026-11-16"))
    (claim,) = run("guarantees", "--as-of", "2026-11-17", "--json").rows
    person = ("--name", "李小红", "--starts-on", "2026-12-01")
    (new,) = run("placement", "replace", working["placement"], *person, *on("2026-11-20")).rows
    started = run("placement", "start", new["placement"], "--on", "2026-12-01", *on("2026-12-01"))
    shown = run("placement", "show", working["placement"], "--json")

    assert (gone.rows[0]["follows"], gone.rows[0]["replacement_due"]) == (
        "replacement_owed",
        "2026-12-16",
    )
    assert (claim["state"], claim["until"], claim["days_left"]) == (
        "replacement_owed",
        "2026-12-16",
        29,
    )
    assert (started.rows[0]["replaces"], started.rows[0]["status"]) == (
        working["placement"],
        "in_guarantee",
    )
    (leaving,) = shown.of("leaving")
    assert (leaving["reported_by"], leaving["reason"]) == ("mei.hr", "resigned")
    assert shown.of("placement")[0]["status"] == "replaced"


def test_a_claim_after_expiry_is_refused_in_one_sentence(run, working, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF")
    left = ("--on", "2027-01-04", "--reason", "resigned", "--evidence", letter)

    ran = run("placement", "leave", working["placement"], *left, *on("2027-01-05"))

    assert ran.code == 1
    assert "the claim has expired and nothing is owed" in ran.err


def test_who_does_not_start_is_withdrawn(run, under):
    (accepted,) = run("placement", "accept", under, *PERSON, *on("2026-10-01")).rows
    words = (accepted["placement"], "--reason", "took another offer")

    (row,) = run("placement", "withdraw", *words, *on("2026-10-02")).rows

    assert row["status"] == "cancelled"
    late = run(
        "placement", "start", accepted["placement"], "--on", "2026-10-05", *on("2026-10-05")
    )
    assert (late.code, late.out) == (1, "")
    assert "is cancelled; only who accepted an offer can start" in late.err
