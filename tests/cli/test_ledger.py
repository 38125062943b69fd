"""The ledger of the demonstration's month is exported, and Beancount's own checker agrees."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKER = Path(sys.executable).with_name("bean-check")


@pytest.mark.usefixtures("month")
def test_the_books_of_the_demonstration_pass_the_checker_of_beancount(run, tmp_path):
    file = tmp_path / "books.beancount"

    ran = run("ledger", "export", "--to", "beancount", file, "--as-of", "2026-12-31", "--json")

    assert ran.code == 0, ran.err
    checked = subprocess.run([CHECKER, "--no-cache", file], capture_output=True, check=False)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")
    (told,) = ran.rows
    assert told["transfers"] > 10
    assert told["bytes"] == file.stat().st_size


@pytest.mark.usefixtures("month")
def test_balances_of_the_command_are_those_that_the_export_asserts(run, tmp_path):
    file = tmp_path / "books.beancount"
    run("ledger", "export", "--to", "beancount", file, "--as-of", "2026-12-31")

    listed = run("ledger", "balances", "--as-of", "2026-12-31", "--json").rows

    told = {row["account"]: row["balance"] for row in listed}
    text = file.read_text("utf-8")
    owed = told["withheld-tax/cn"]
    assert f"2027-01-01 balance Liabilities:Withheld-tax:Cn  -{owed} ~ 0 CNY" in text


@pytest.mark.usefixtures("home")
def test_an_empty_ledger_is_refused_and_no_file_is_written(run, tmp_path):
    file = tmp_path / "books.xlsx"

    ran = run("ledger", "export", "--to", "xlsx", file)

    assert ran.code == 1
    assert "nothing was booked" in ran.err
    assert not file.exists()
