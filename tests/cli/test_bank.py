"""What finance does with the bank's files: take, list, explain; freeze and lift."""

import stat

import pytest
from sqlmodel import select

from tests.cli.apart import ran
from tests.stages.bank_statements.told import Booked, statement
from vendorops.books import Terms, open_books
from vendorops.demo import story
from vendorops.domain.money import Money
from vendorops.gateways.clock import now
from vendorops.tables import Payment

AS = ("--as", "zhao.finance", "--as-of", "2026-11-13")
OURS = "31050136360000001234"
"""The account of the demonstration's company."""


@pytest.fixture
def paid(month):
    """Amount of each payment of the demonstration, by its reference."""
    with open_books(month, Terms(story.FILED, "reader", now)) as books:
        rows = books.session.exec(select(Payment)).all()
        return {row.reference: Money(row.amount_minor, row.currency).text for row in rows}


def written(tmp_path, name, *entries, **said):
    path = tmp_path / name
    path.write_bytes(statement(*entries, account=OURS, **said))
    return path


def test_a_statement_is_taken_listed_and_explained_down_to_the_bank(run, paid, tmp_path):
    (one, amount), *_ = sorted(paid.items())
    file = written(tmp_path, "s.xml", Booked(amount, [one]), Booked("12.00", ["RENT"]))

    first = run("bank", "take", file, *AS, "--json")
    again = run("bank", "take", file, *AS, "--json")
    listed = run("bank", "list", "--json")
    explained = run("explain", one, "--json")

    assert (first.code, again.code) == (0, 0)
    [row] = first.rows
    assert (row["statements"], row["matched"], row["open"]) == (["BST-2026-000001"], 1, 1)
    assert again.rows == first.rows
    [line] = listed.of("line")
    assert (line["finding"], line["waits_for"], line["amount"]) == (
        *("E_BANK_UNKNOWN", "finance", "12.00"),
    )
    assert [each["closing_on"] for each in listed.of("statement")] == ["2026-11-05"]
    assert '"kind": "bank entry"' in explained.out
    assert "the bank says so, for" in explained.out
    assert run("verify").code == 0


def test_a_part_that_came_back_is_decided_listed_and_paid_anew(run, month, paid, tmp_path):
    (one, amount), *_ = sorted(paid.items())
    first = Booked(amount, [one]), Booked("1.00", [one], direction="CRDT")
    run("bank", "take", written(tmp_path, "s.xml", *first), *AS)
    [line] = run("bank", "list", "--json").of("line")
    detail = ("--detail", f"payment={one}", "--detail", "part=1.00")

    decided = run("decide", line["decision"], "approve", *detail, "--reason", "it is all", *AS)
    taken = run("bank", "take", tmp_path / "s.xml", *AS)
    owed = run("bank", "list", "--open", "--json").of("part")
    ran(month, "pay", "--month", "2026-10", "--as-of", "2026-11-13", "--json")
    listed = run("bank", "list", "--json").of("part")

    assert line["finding"] == "E_BANK_PART"
    assert (decided.code, taken.code) == (0, 0)
    assert [(row["amount"], row["payment"], row["paid_anew_by"]) for row in owed] == [
        ("1.00", one, None)
    ]
    assert [row["status"] for row in listed] == ["planned"]
    assert run("bank", "list", "--open", "--json").of("part") == []
    assert run("explain", "PRT-2026-000001", "--json").code == 0
    assert run("verify").code == 0


@pytest.mark.usefixtures("month")
def test_a_file_that_is_no_message_of_a_bank_is_kept_with_the_reason(run, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<html></html>")

    ran = run("bank", "take", file, *AS, "--json")

    assert ran.code == 1
    assert "E_BANK_FORMAT" in ran.rows[0]["refused"]
    assert ran.rows[0]["status"] == "rejected"


@pytest.mark.usefixtures("month")
def test_what_the_bank_sent_is_handed_in_by_finance_only(run, tmp_path):
    file = written(tmp_path, "s.xml")

    ran = run("bank", "take", file, "--as", "sun.releaser", "--json")

    assert "does not hold the role finance" in ran.rows[0]["refused"]


def test_restored_books_are_frozen_and_say_what_would_lift_it(run, month, tmp_path):
    saved = tmp_path / "saved.db"
    assert run("db", "backup", saved).code == 0

    restored = run("db", "restore", saved, "--yes")
    shown = run("bank", "freeze", "show", "--json")
    lifted = run("bank", "freeze", "lift", "--reason", "all told", "--as", "zhao.finance")

    assert "Release is frozen" in restored.out
    [row] = shown.rows
    assert (row["status"], row["frozen_by"]) == ("standing", "system:restore")
    assert "restored from saved.db" in row["because"]
    assert "statements of ACC-2026-000001 are missing" in row["missing"][0]
    assert lifted.code == 1
    assert not list(month.home.glob(".*restored*"))
    assert run("verify").code == 0


def test_a_backup_and_what_is_restored_from_it_are_readable_by_their_owner_alone(
    run, month, tmp_path
):
    saved = tmp_path / "saved.db"
    saved.touch(0o644)
    assert run("db", "backup", saved).code == 0
    assert run("db", "restore", saved, "--yes").code == 0

    assert {stat.S_IMODE(file.stat().st_mode) for file in (saved, month.home / "books.db")} == {
        0o600
    }


@pytest.mark.usefixtures("month")
def test_a_backup_is_restored_where_nothing_is_yet(run, tmp_path, monkeypatch):
    saved, home = tmp_path / "saved.db", tmp_path / "another" / "home"
    assert run("db", "backup", saved).code == 0
    monkeypatch.setenv("VENDOROPS_HOME", str(home))
    monkeypatch.setenv("VENDOROPS_DATABASE", f"sqlite:///{home}/books.db")

    ran = run("db", "restore", saved)

    assert (ran.code, "Release is frozen" in ran.out) == (0, True), ran.err
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_what_is_no_backup_leaves_the_books_as_they_are_and_nothing_beside_them(
    run, month, tmp_path
):
    stray = tmp_path / "stray.db"
    stray.write_bytes(b"no books")
    before = (month.home / "books.db").read_bytes()

    ran = run("db", "restore", stray, "--yes")

    assert ran.code == 1
    assert (month.home / "books.db").read_bytes() == before
    assert not list(month.home.glob(".*restored*"))
