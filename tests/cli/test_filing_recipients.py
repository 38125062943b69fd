"""What payees get of Form 1099-NEC: a PDF each, once somebody else approved the return."""

import stat

import pytest

from tests.cli.conftest import find
from tests.documents.contract_facts import squeezed
from tests.stages.filing.american_year import (
    JANE,
    JOHN,
    LATER,
    NOBODY_KNOWS,
    carried,
    earned,
    template,
)
from tests.stages.settlement.month import OUR_NUMBER, rows
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR
from vendorops.documents import pdf_facts
from vendorops.tables import Event, Party

ASKED = ("filing", "recipients", "RET-2027-000001", "--as", "qian.tax", "--json")
DAY = ("--as-of", NEW_YEAR.isoformat())


@pytest.fixture(autouse=True)
def paid(opener, settings, monkeypatch):
    find(monkeypatch, settings)
    earned(opener, (JANE, "5000"), (JOHN, "1999.99"), (NOBODY_KNOWS, "2000"))
    template(opener)


def test_each_payee_on_the_form_gets_what_the_office_was_told_of_them(run, opener, tmp_path):
    carried(opener, NEW_YEAR, "IRIS-0001")

    ran = run(*ASKED, *DAY, "-o", tmp_path / "b")

    assert [row["payee"] for row in ran.rows] == ["SUP-2026-000001", "SUP-2026-000003"]
    first, last = (tmp_path / "b" / f"RET-2027-000001-{row['payee']}.pdf" for row in ran.rows)
    said = squeezed(pdf_facts(first.read_bytes()).text)
    for words in ("Jane Doe", "December 2026", "1a", "5,000.00", OUR_NUMBER):
        assert squeezed(words) in said
    assert "536904399" not in said
    assert "CORRECTED" not in said
    assert "480.00" in squeezed(pdf_facts(last.read_bytes()).text)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    with opener(as_of=NEW_YEAR)() as books:
        [jane] = [row for row in rows(books, Party) if row.name == "Jane Doe"]
        assert squeezed(jane.identifier_masked) in said
        told = [row for row in rows(books, Event) if row.action == "certified"]
        assert {row.content_sha256 for row in told} == {row["sha256"] for row in ran.rows}


@pytest.mark.parametrize("what", ["not approved", "nobody of that name", "named otherwise now"])
def test_what_payees_do_not_get_is_refused_with_its_reason(run, opener, tmp_path, what):
    carried(opener, NEW_YEAR, approves=what != "not approved")
    why, more = {
        "not approved": ("somebody else approved", ()),
        "nobody of that name": ("tells nothing new of SUP-2", ("--payee", "SUP-2")),
        "named otherwise now": ("filing amend RET-2027-000001", ()),
    }[what]
    if what == "named otherwise now":
        with opener()() as books:
            [jane] = [row for row in rows(books, Party) if row.name == "Jane Doe"]
            jane.name = "Jane Smith"

    ran = run(*ASKED, *DAY, *more, "-o", tmp_path / "b")

    assert (ran.code, why in ran.err) == (1, True), ran.err
    assert not (tmp_path / "b").exists()


def test_a_corrected_statement_says_so(run, opener, tmp_path):
    carried(opener, NEW_YEAR, "IRIS-0001")
    with opener()() as books:
        [jane] = [row for row in rows(books, Party) if row.name == "Jane Doe"]
        jane.address = "7 New Street"
    words = ("--reason", "her address was wrong", "--as", "lin.buyer")
    ran = run("filing", "amend", ASKED[2], *words, "--as-of", LATER.isoformat())
    assert ran.code == 0, ran.err
    carried(opener, LATER, "IRIS-0002")

    ran = run(ASKED[0], ASKED[1], "RET-2027-000002", *ASKED[3:], "--as-of", LATER.isoformat(),
              "-o", tmp_path)  # fmt: skip

    (row,) = ran.rows
    assert row["payee"] == "SUP-2026-000001"
    pdf = (tmp_path / f"RET-2027-000002-{row['payee']}.pdf").read_bytes()
    assert "CORRECTED" in squeezed(pdf_facts(pdf).text)
