import sqlite3
from contextlib import closing

import pytest
from sqlmodel import select

from vendorops.books import Terms, forget_engines, open_books
from vendorops.books.opening import check_age
from vendorops.demo import story
from vendorops.gateways.clock import now
from vendorops.tables import Invoice, ReceivedFile, Refusal

APPLICATION = story.SAMPLES / "applications" / "rpo.yaml"
DOCUMENTS = story.SAMPLES / "documents"
CLAIM = story.SAMPLES / "claims" / "RPO-2610-01.xml"
USCC = "{scheme: cn_uscc, number: 91440300MA5F7Q2R26}"
ACCOUNT = '  scheme: cn_account\n  number: "4000021309200456789"\n  bank: "102584002119"'


def changed(path, folder, old, new):
    """A shipped file with one text in place of another."""
    text = path.read_text("utf-8")
    assert old in text
    made = folder / path.name
    made.write_text(text.replace(old, new), "utf-8")
    return made


def onboard(run, file):
    return run("onboard", file, "--documents", DOCUMENTS, "--as-of", "2026-09-21", "--json")


def one_sentence(ran, *parts):
    """Tell whether a command ended refused, with one line of words and nothing else."""
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    for part in parts:
        assert part in ran.err
    return True


@pytest.mark.parametrize(
    "identifier",
    [
        "{scheme: cn_uscc, number: 91440300MA5F7Q2R27}",
        "{scheme: us_ein, number: 07-1234567}",
        "{scheme: eu_vat, number: DE136695977}",
    ],
    ids=["uscc", "ein", "vat"],
)
def test_an_application_with_a_wrong_number_is_refused_in_one_sentence_and_enters_nothing(
    run, everything, tmp_path, identifier
):
    before = everything()

    ran = onboard(run, changed(APPLICATION, tmp_path, USCC, identifier))

    assert one_sentence(ran, "Refused: party, identifier: ")
    assert identifier.rpartition(" ")[2].rstrip("}") not in ran.err
    assert ran.out == ""
    assert everything() == before


def test_an_application_with_a_wrong_iban_is_refused_and_does_not_show_the_number(
    run, everything, tmp_path
):
    iban = '  scheme: iban\n  number: "DE89370400440532013001"\n  bank: COBADEFFXXX'
    before = everything()

    ran = onboard(run, changed(APPLICATION, tmp_path, ACCOUNT, iban))

    assert one_sentence(ran, "Refused: bank_account: ")
    assert "0532013001" not in ran.err
    assert everything()["qualification"] == before["qualification"] == []
    assert everything()["event"] == before["event"]


def test_an_application_whose_contract_lacks_a_template_variable_is_kept_with_the_reason(
    home, run, tmp_path
):
    freelance = story.SAMPLES / "applications" / "freelance.yaml"
    lacking = changed(freelance, tmp_path, '  particulars:\n    revisions: "2"\n', "")

    ran = onboard(run, lacking)
    again = onboard(run, lacking)

    assert one_sentence(ran, "template freelance/cn/2026-01-01 needs 'revisions'", "add it")
    (row,) = ran.rows
    assert (row["case"], row["status"], row["waits_for"]) == (
        "QUA-2026-000001",
        "in_review",
        None,
    )
    assert [refusal["about"] for refusal in refusals(home)] == ["QUA-2026-000001"]
    assert again.err == ran.err


def refusals(settings):
    with opened(settings) as books:
        rows = books.session.exec(select(Refusal)).all()
        return [{"about": row.subject_reference, "reason": row.reason} for row in rows]


def opened(settings):
    return open_books(settings, Terms(story.FILED, "reader", now))


DTD = '<?xml version="1.0"?>\n<!DOCTYPE Invoice [<!ENTITY a "b">]>\n'


@pytest.mark.parametrize(
    "case",
    [
        ("letter.xml", b"Dear all, please pay.", "in no format that we read", "rejected"),
        (
            "dtd.xml",
            CLAIM.read_text("utf-8")
            .replace("<?xml version='1.0' encoding='UTF-8'?>\n", DTD)
            .encode(),
            "DOCTYPE",
            "quarantined",
        ),
        (
            "wrong-total.xml",
            CLAIM.read_bytes().replace(b">357402.74<", b">357402.75<"),
            "ask the supplier for a corrected invoice",
            "rejected",
        ),
        ("unknown-supplier.xml", CLAIM.read_bytes(), "onboard it first", "received"),
        (
            "broken-row.csv",
            (story.SAMPLES / "claims" / "FREELANCE-2610-01.csv")
            .read_bytes()
            .replace(b",HUR,260.00,1950.00,", b",HUR,260.00,"),
            "row",
            "rejected",
        ),
    ],
    ids=["not xml", "with dtd", "wrong total", "unknown supplier", "broken row"],
)
def test_an_invoice_that_cannot_be_booked_is_kept_with_its_reason_and_books_nothing(
    home, run, tmp_path, case
):
    name, content, said, status = case
    file = tmp_path / name
    file.write_bytes(content)

    ran = run("invoice", "take", file, "--json")

    assert one_sentence(ran, said)
    assert (ran.rows[0]["status"], ran.rows[0]["invoice"]) == (status, None)
    (refusal,) = refusals(home)
    assert refusal == {"about": "FIL-2026-000001", "reason": ran.rows[0]["refused"]}
    with opened(home) as books:
        assert books.session.exec(select(Invoice)).all() == []
        assert [row.name for row in books.session.exec(select(ReceivedFile))] == [name]


def test_a_database_in_use_by_another_run_stops_a_command_without_writing(
    home, run, everything, monkeypatch
):
    before = everything()
    forget_engines()
    monkeypatch.setenv("VENDOROPS_BUSY_SECONDS", "1")
    with closing(sqlite3.connect(home.home / "books.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = onboard(run, APPLICATION)
        other.execute("ROLLBACK")

    assert one_sentence(ran, "Cannot go on: the database is in use by another run", "try again")
    assert everything() == before


def test_a_database_that_may_only_be_read_stops_a_command_without_writing(
    home, run, everything, monkeypatch
):
    before = everything()
    address = f"sqlite:///file:{home.home}/books.db?mode=ro&uri=true"
    monkeypatch.setenv("VENDOROPS_DATABASE", address)

    ran = onboard(run, APPLICATION)

    assert one_sentence(ran, "Cannot go on: the database may not be written to")
    assert everything() == before


def test_a_database_of_an_older_program_is_refused_with_what_to_do(home, run):
    forget_engines()
    with closing(sqlite3.connect(home.home / "books.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    check_age.cache_clear()  # Another command would be another process.

    ran = run("inbox")

    assert one_sentence(ran, "version 0001", "vendorops db upgrade")


def test_a_missing_home_is_told_as_such_and_is_not_made(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VENDOROPS_HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("VENDOROPS_DATABASE", raising=False)

    ran = onboard(run, APPLICATION)

    assert one_sentence(ran, "VENDOROPS_HOME", "vendorops db upgrade")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("onboard", "no-such-file.yaml"),
        ("reconcile", "--month", "October"),
        ("invoice", "check", CLAIM, "--rules", "unheard-of"),
        ("decide", "DEC-2026-000001", "perhaps", "--reason", "why"),
        ("no-such-command",),
    ],
    ids=lambda words: words[0],
)
def test_a_misused_command_ends_with_two_and_says_how_to_use_it(run, words):
    ran = run(*words)

    assert ran.code == 2
    assert "Usage: " in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("home")
def test_nobody_decides_without_saying_who_he_is(run):
    ran = run("decide", "DEC-2026-000001", "approve", "--reason", "looks fine")

    assert one_sentence(ran, "say who you are with --as HANDLE")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "words", [("ledger", "balances", "--as-of"), ("cash", "forecast", "--from")]
)
def test_a_day_at_an_end_of_the_calendar_is_a_wrong_option_and_no_failure(run, words, day):
    ran = run(*words, day)

    assert ran.code == 2
    assert f"'{day}' is not between the years 1900 and 2199" in ran.err
