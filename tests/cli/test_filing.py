"""Returns from preparation to acceptance, as people and scripts see them."""

from pathlib import Path

import pytest

from tests import make
from tests.cli.conftest import find
from tests.stages.filing.carrying import one_more, two_payments

DAY = ("--as-of", "2026-12-02", "--json")
RETURN = "RET-2026-000001"
CLERK, TAX = "tax.clerk", "qian.tax"


@pytest.fixture
def filing(opener, settings, monkeypatch, run):
    """Return `filing("show", …)`, where tax of November is to be filed."""
    two_payments(opener)
    with opener()() as books:
        make.person(books, CLERK)
        make.grant(books, CLERK, "tax")
    find(monkeypatch, settings)

    def running(verb, *words):
        return run("filing", verb, *words, *DAY)

    return running


def approved(filing):
    filing("prepare", "--as", CLERK)
    filing("check", RETURN, "--as", CLERK)
    return filing("approve", RETURN, "--reason", "agrees with the account", "--as", TAX)


def test_a_return_is_carried_by_commands_from_preparation_to_acceptance(filing, tmp_path):
    [row] = filing("prepare", "--as", CLERK).of("return")
    assert (row["return"], row["total"], row["status"]) == (RETURN, "960.00", "prepared")
    checked = filing("check", RETURN, "--as", CLERK)
    assert {each["holds"] for each in checked.of("check")} == {True}
    own = filing("approve", RETURN, "--reason", "mine", "--as", CLERK)
    assert (own.code, "took part" in own.err) == (1, True)

    [row] = filing("approve", RETURN, "--reason", "agrees", "--as", TAX).of("return")
    assert (row["status"], row["waits_for"]) == ("written", "tax")
    assert Path(row["file"]).read_bytes().startswith(b"form,period,agent")
    (tmp_path / "receipt.png").write_bytes(b"the portal's page")
    said = ("--receipt", "SH-20261202-17", "--file", tmp_path / "receipt.png")
    [row] = filing("submit", RETURN, *said, "--as", CLERK).of("return")
    assert row["status"] == "submitted"
    [row] = filing("accept", RETURN, "--as", TAX).of("return")
    assert row["status"] == "accepted"

    shown = filing("show", RETURN)
    assert [Path(each["path"]).suffix for each in shown.of("file")] == [".csv", ".xlsx"]
    [receipt, notice] = shown.of("receipt")
    assert (receipt["number"], receipt["by"]) == ("SH-20261202-17", CLERK)
    assert len(receipt["evidence"]) == 64
    assert notice["event"] == "accepted"
    [version] = shown.of("version")
    assert (version["prepared_by"], version["checked_by"]) == (CLERK, CLERK)
    assert version["approved_by"] == TAX


def test_a_check_that_does_not_hold_ends_with_1(filing, opener):
    filing("prepare", "--as", CLERK)
    one_more(opener)

    checked = filing("check", RETURN, "--as", CLERK)

    assert [row["status"] for row in checked.of("return")] == ["prepared"]
    assert (checked.code, all(row["holds"] for row in checked.of("check"))) == (1, False)


def test_a_command_given_too_early_or_twice_says_where_the_return_is(filing):
    filing("prepare", "--as", CLERK)
    early = filing("write", RETURN)
    assert (early.code, "written once somebody else approved it" in early.err) == (1, True)
    handed_in = filing("submit", RETURN, "--receipt", "SH-1", "--as", TAX)
    assert (handed_in.code, "is checked, so this is not asked" in handed_in.err) == (1, True)

    filing("approve", RETURN, "--reason", "agrees", "--as", TAX)
    again = filing("approve", RETURN, "--reason", "agrees", "--as", TAX)

    assert (again.code, "is written, so this is not asked" in again.err) == (1, True)
    assert filing("write", RETURN).of("return")[0]["status"] == "written"
    unknown = filing("show", "RET-2026-000099")
    assert (unknown.code, "there is no Filing" in unknown.err) == (1, True)


def test_tax_that_came_late_is_amended_and_both_versions_are_listed(filing, opener):
    approved(filing)
    filing("submit", RETURN, "--receipt", "SH-1", "--as", TAX)
    one_more(opener)
    [late] = [each for each in filing("show", RETURN).of("check") if not each["holds"]][-1:]
    assert "1 withholdings of its period came later" in late["said"]

    [row] = filing("amend", RETURN, "--reason", "a payment was settled late", "--as", CLERK).rows
    assert (row["return"], row["version"], row["total"]) == ("RET-2026-000002", 2, "1440.00")
    filing("check", "RET-2026-000002", "--as", CLERK)
    filing("approve", "RET-2026-000002", "--reason", "agrees", "--as", TAX)
    filing("submit", "RET-2026-000002", "--receipt", "SH-2", "--as", TAX)

    listed = [(row["version"], row["status"]) for row in filing("list", "--all").rows]
    assert listed == [(1, "amended"), (2, "submitted")]
    assert [row["version"] for row in filing("list", "--month", "2026-11").rows] == [2]


def test_a_return_is_rejected_in_the_house_and_prepared_anew(filing, run):
    filing("prepare", "--as", CLERK)
    filing("check", RETURN, "--as", CLERK)

    [row] = filing("reject", RETURN, "--reason", "a payee is missing", "--as", TAX).of("return")

    assert row["status"] == "rejected"
    later = ("--as-of", "2026-12-03", "--json")
    refused = filing("prepare", "--again", RETURN, "--reason", "x y z", "--as", CLERK)
    assert (refused.code, "only a version in the house" in refused.err) == (1, True)
    [row] = run("filing", "prepare", "--as", CLERK, *later).of("return")
    assert row["version"] == 2


def test_who_holds_no_role_prepares_and_checks_nothing(filing):
    nobody = filing("prepare", "--as", "a.stranger")
    nameless = filing("prepare")

    assert (nobody.code, "holds no role with us" in nobody.err) == (1, True)
    assert (nameless.code, "say who you are" in nameless.err) == (1, True)
