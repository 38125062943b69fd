"""No identity or account number of the samples leaves the vault but where it is meant to.

Looked for after the demonstration was run by its command, twice, as anybody would run it.
"""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sqlmodel import select

from vendorops.books import Terms, forget_engines, open_books, vault
from vendorops.books.engine import engine
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.settings import Settings
from vendorops.tables import VaultEntry

MEANT_FOR = ("documents", "outgoing")
"""What suppliers sent and what banks and tax offices get; nothing else of the installation."""
SUPPLIERS = 4
MOVED = 1
"""Suppliers that propose another account later."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """An installation after the real flows ran twice, and all that was printed meanwhile."""
    home = tmp_path_factory.mktemp("told") / "demo"
    command = [sys.executable, "-m", "vendorops", "demo", "--dir", str(home)]
    printed = []
    for more in ([], ["--json"]):
        done = subprocess.run(
            [*command, *more], check=False, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        printed.append(done.stdout + done.stderr)
    return home, *printed


@pytest.fixture(scope="module")
def secrets():
    """Every identity and account number of the samples."""
    folders = [story.SAMPLES / name for name in ("applications", "accounts")]
    files = [
        story.SAMPLES / "company.yaml",
        *(path for each in folders for path in each.iterdir()),
    ]
    return {
        str(held["number"])
        for path in files
        for held in _holders(yaml.safe_load(path.read_text(encoding="utf-8")))
    }


def _holders(given):
    """Return what has a number of its own in a file: identifiers and accounts."""
    if isinstance(given, list):
        return [held for item in given for held in _holders(item)]
    if not isinstance(given, dict):
        return []
    mine = [given] if {"scheme", "number"} <= given.keys() else []
    return mine + [held for item in given.values() for held in _holders(item)]


def _spellings(secret):
    """Return how a number may stand in bytes: plain, spaced, and inside of base64."""
    plain = secret.encode()
    yield from (plain, b" ".join(re.findall(rb".{1,4}", plain)), secret.encode("utf-16-le"))
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain)
        yield encoded[4 if before else 0 : -4]


def _found(data, secrets):
    return {secret for secret in secrets if any(each in data for each in _spellings(secret))}


def test_the_samples_have_a_number_and_an_account_for_everybody(secrets):
    assert len(secrets) == 2 * (SUPPLIERS + 1) + MOVED


def test_the_vault_holds_every_one_of_them(told, secrets):
    settings = Settings.at(told[0])
    with open_books(settings, Terms(story.FILED, "auditor", now)) as books:
        held = {vault.opened(books, entry) for entry in books.session.exec(select(VaultEntry))}
    engine(settings).dispose()
    forget_engines()

    assert secrets <= held


@pytest.mark.parametrize("spelled", range(6))
def test_the_search_sees_a_number_however_it_is_spelled(secrets, spelled):
    secret = max(secrets)
    data = b"something " + list(_spellings(secret))[spelled] + b" more"

    assert _found(data, secrets) == {secret}


def test_no_file_but_those_meant_for_it_has_a_number_in_it(told, secrets):
    """Also the database as it lies on the disk: rows, events, decisions, refusals, free pages."""
    home, *_ = told
    files = [
        path
        for path in home.rglob("*")
        if path.is_file() and path.relative_to(home).parts[0] not in MEANT_FOR
    ]

    assert {"books.db", "prefect.db"} <= {path.name for path in files}
    assert {
        path.name: found for path in files if (found := _found(path.read_bytes(), secrets))
    } == {}


def test_no_file_and_no_folder_is_named_by_a_number(told, secrets):
    names = "\n".join(str(path.relative_to(told[0])) for path in Path(told[0]).rglob("*"))

    assert _found(names.encode(), secrets) == set()


def test_nothing_that_was_printed_has_a_number_in_it(told, secrets):
    _, first, second = told

    for printed in (first, second):
        assert "BAT-2026-000001" in printed
        assert _found(printed.encode(), secrets) == set()


def test_the_demo_command_runs_the_real_flows_and_the_second_run_changes_nothing(told):
    _, first, second = told

    assert "run it again and nothing changes" in first
    assert "Nothing changed" in second
    assert "0 broken" in second


def test_the_files_for_bank_and_tax_office_do_have_the_numbers_they_need(told, secrets):
    """So that the search would find them elsewhere."""
    laid_out = b"".join(path.read_bytes() for path in (told[0] / "outgoing").iterdir())

    assert len(_found(laid_out, secrets)) > SUPPLIERS
