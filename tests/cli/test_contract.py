from datetime import UTC, datetime
from shutil import copytree

import pytest

from tests.cli.conftest import find
from tests.told import played
from vendorops.books import forget_engines
from vendorops.books.engine import engine
from vendorops.cli.session import opener
from vendorops.gateways.pdf_signatures import new_certificate, sign_pdf
from vendorops.settings import Settings
from vendorops.stages import sweep

CON = "CON-2026-000001"
DAY = ("--as-of", "2026-10-09")
CHANGE = """
valid_from: 2026-10-12
reason: more calls
cap: 650000.00
"""


@pytest.fixture(scope="module")
def played_home(tmp_path_factory):
    made = played(tmp_path_factory, acts=3)
    yield made
    engine(made).dispose()
    forget_engines()


@pytest.fixture
def home(played_home, tmp_path, monkeypatch):
    """An installation with four contracts in force, copied for each test."""
    engine(played_home).dispose()
    forget_engines()
    copied = Settings.at(copytree(played_home.home, tmp_path / "home"))
    find(monkeypatch, copied)
    yield copied
    engine(copied).dispose()
    forget_engines()


@pytest.fixture
def asked(home, run, tmp_path):
    """An amendment that waits for its approver."""
    file = tmp_path / "change.yaml"
    file.write_text(CHANGE)
    (row,) = run("contract", "amend", CON, file, "--as", "lin.buyer", *DAY, "--json").rows
    assert home.home.exists()
    return row


def test_an_amendment_is_proposed_compared_and_signed_in_a_file(asked, run, tmp_path):
    (found,) = run("contract", "diff", CON, "--json").rows
    assert found["facts"] == [
        {"what": "cap", "before": "CNY 600,000.00", "after": "CNY 650,000.00"}
    ]
    assert [clause["after"] for clause in found["wording"]] == ["7.4"]
    assert asked["changes"] == found["facts"]

    day = datetime(2026, 10, 9)  # noqa: DTZ001 - as click gives days.
    sweep("amendments", opener("system:amendments", day))
    (question,) = run("inbox", "--as", "wang.approver", *DAY, "--json").of("question")
    told = ("approve", "--reason", "within budget", "--as", "wang.approver", *DAY)
    assert run("decide", question["case"], *told).code == 0
    sweep("amendments", opener("system:amendments", day))

    file, key = tmp_path / "sent.pdf", tmp_path / "theirs.p12"
    run("contract", "render", asked["amendment"], "-o", file, "--signed")
    new_certificate(key, "theirs", datetime(2026, 9, 1, tzinfo=UTC))
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(sign_pdf(file.read_bytes(), key, datetime(2026, 10, 9, tzinfo=UTC), "S"))
    words = ("--as", "he.yunshu", *DAY)
    refused = run("contract", "sign", asked["amendment"], "--signed", file, *words)
    assert refused.code == 1
    assert "nobody but us has signed it" in refused.err
    assert run("contract", "sign", asked["amendment"], "--signed", signed, *words).code == 0
    sweep("amendments", opener("system:amendments", day))

    (seen,) = run("contract", "verify", asked["amendment"], "--json").rows
    assert (seen["intact"], seen["signed_how"]) == (True, "file")
    assert [each["signer"] for each in seen["signatures"]][1] == "theirs"


def test_facts_of_a_day_are_shown_as_json(home, run):
    (facts,) = run("contract", "facts", CON, *DAY, "--json").rows

    assert facts["cap_minor"] == 60_000_000
    assert home.home.exists()


def test_a_file_that_was_tampered_with_is_not_intact(home, run, tmp_path):
    file = tmp_path / "con.pdf"
    run("contract", "render", CON, "-o", file, "--signed")
    data = file.read_bytes()
    assert run("contract", "verify", file, "--json").rows[0]["intact"] is True
    spot = data.index(b"/Title")
    file.write_bytes(data[:spot] + b"/Titla" + data[spot + 6 :])

    ran = run("contract", "verify", file, "--json")

    assert ran.code == 1
    assert ran.rows[0]["intact"] is False
    assert home.home.exists()


def test_ending_a_contract_needs_a_name_and_says_when_it_ends(home, run):
    words = ("contract", "terminate", CON, "--kind", "notice", "--reason", "over", *DAY, "--json")
    assert run(*words).code == 1

    (row,) = run(*words, "--as", "lin.buyer").rows

    assert (row["last_day"], row["status"]) == ("2026-11-08", "proposed")
    assert home.home.exists()


def test_certificates_are_shown_and_made_once(home, run):
    (first,) = run("contract", "certificate", "--create", "--json").rows
    (again,) = run("contract", "certificate", "--create", "--json").rows

    assert first == again
    assert len(first["sha256"]) == 64
    assert (home.home / "signing" / "XH.p12").stat().st_mode & 0o777 == 0o600


def test_a_version_that_is_not_there_is_refused_with_those_there_are(home, run):
    ran = run("contract", "diff", CON, "--to", "7")

    assert ran.code == 1
    assert "there are 1 (draft 1)" in ran.err
    assert home.home.exists()
