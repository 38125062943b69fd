"""Facts are recorded and listed, and forms for the portal written, from the command line."""

import stat

from tests import make
from tests.cli.conftest import find
from tests.stages.settlement.month import claim, company, freelance, run, settled
from tests.stages.settlement.test_recorded_facts import HEADER
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR, american
from vendorops.tables import Event, Supplier


def test_a_fact_is_recorded_once_and_listed_with_what_shows_it(
    run_command, monkeypatch, settings, opener
):
    find(monkeypatch, settings)
    with opener()() as books:
        make.people(books)
        reference = make.supplier(books).reference
    said = ("--place", "us", "--fact", "tin=incorrect", "--from", "2026-06-24")
    words = ("law", "record", reference, *said, "--source", "CP2100A", "--as", "qian.tax")

    first, again = run_command(*words, "--json"), run_command(*words, "--json")
    (row,) = run_command("law", "facts", reference, "--json").rows

    assert (first.code, again.code) == (0, 0)
    assert first.rows == again.rows == [row]
    assert (row["fact"], row["value"], row["source"]) == ("tin", "incorrect", "CP2100A")
    assert row["entered_by"] == "qian.tax"
    refused = run_command(
        *words[:5], "--fact", "tin=maybe", *said[4:], "--source", "x", "--as", "qian.tax"
    )
    assert (refused.code, "tin cannot be 'maybe'" in refused.err) == (1, True)


def test_one_of_our_companies_says_that_it_keeps_vat_of_persons_back(
    run_command, monkeypatch, settings, opener
):
    find(monkeypatch, settings)
    with opener()() as books:
        make.people(books)
        code = make.legal_entity(books).code
    said = ("--place", "cn", "--fact", "persons_vat=withheld", "--from", "2026-11-01")

    told = run_command("law", "record", code, *said, "--source", "letter", "--as", "qian.tax")
    (row,) = run_command("law", "facts", code, "--json").rows
    unknown = run_command("law", "facts", "NOBODY")
    stranger = run_command("law", "record", code, *said, "--source", "letter", "--as", "nobody")

    assert told.code == 0
    assert (stranger.code, "nobody holds no role with us" in stranger.err) == (1, True)
    assert (row["whom"], row["fact"], row["value"]) == (code, "persons_vat", "withheld")
    assert (unknown.code, "no company of ours" in unknown.err) == (1, True)


def test_a_registration_is_opened_once_and_listed(run_command, monkeypatch, settings, opener):
    find(monkeypatch, settings)
    with opener()() as books:
        company(books)
        contract = freelance(books)
        reference = books.get(Supplier, contract.supplier_id).reference
    said = ("--kind", "sole_trader", "--agent", "herself", "--address", "Lane 7")
    days = ("--filed", "2026-11-02", "--as-of", "2026-11-04")
    words = ("registration", "open", reference, *said, *days)

    ran = [
        run_command(*words, "--source", "receipt 4711", "--as", "lin.buyer", "--json")
        for _ in range(2)
    ]
    (row,) = run_command("registration", "list", "--json").rows

    assert [each.code for each in ran] == [0, 0]
    assert ran[0].rows == ran[1].rows == [row]
    assert (row["status"], row["agent"]) == ("applied", "herself")


def test_the_files_for_the_portal_are_for_their_owner_alone_and_reading_is_recorded(
    run_command, monkeypatch, settings, opener, tmp_path
):
    find(monkeypatch, settings)
    with opener()() as books:
        company(books)
        claim(books, american(books, name="Jane Doe"), ("1", "5000"), rate_e4=0)
    settled(opener)
    run("filing", opener, as_of=NEW_YEAR)
    template = tmp_path / "template.csv"
    template.write_text(HEADER + "\n", "utf-8-sig")
    words = ("law", "iris", "RET-2027-000001", "--template", template, "-o", tmp_path / "iris")

    told = run_command(*words, "--as", "qian.tax", "--json")

    (row,) = told.rows
    assert (row["returns"], row["left_empty"]) == (1, ["Office Code"])
    written = tmp_path / "iris" / "RET-2027-000001-iris-1.csv"
    assert "SSN,536904399,Doe" in written.read_text("utf-8")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert "536904399" not in told.out
    with opener(as_of=NEW_YEAR)() as books:
        revealed = [row for row in make.rows_of(books, Event) if row.actor == "qian.tax"]
        assert [row.action for row in revealed] == ["revealed"]


def test_names_and_numbers_to_be_matched_are_written_and_each_reading_is_recorded(
    run_command, monkeypatch, settings, opener, tmp_path
):
    find(monkeypatch, settings)
    file = tmp_path / "match.txt"
    with opener()() as books:
        company(books)
        american(books, name="Jane O'Doe")
    run_command("law", "tin-match", "-o", file, "--as", "qian.tax")

    told = run_command("law", "tin-match", "-o", file, "--as", "qian.tax", "--json")

    assert told.rows == [{"file": str(file), "payees": 1}]
    assert file.read_bytes() == b"2;536904399;Jane ODoe;SUP2026000001\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with opener()() as books:
        actions = [row.action for row in make.rows_of(books, Event) if row.actor == "qian.tax"]
        assert actions == ["revealed", "revealed"]
