"""What is due to tax offices: the law's last days, owners, states, and a file for calendars."""

from datetime import date

import pytest
from icalendar import Calendar

from tests import make
from tests.cli.conftest import find
from tests.stages.filing.carrying import DECEMBER, filed, handed_in, two_payments
from vendorops.tables import LegalEntity

PUBLISHED = (
    *("01-20", "02-24", "03-16", "04-20", "05-22", "06-15"),
    *("07-15", "08-17", "09-15", "10-26", "11-16", "12-15"),
)
"""Last days of 2026 as the tax administration published them."""
YEAR = ("--from", "2026-01", "--to", "2026-12")
FORM = "cn.iit.withholding"


@pytest.fixture
def due(settings, monkeypatch, run):
    find(monkeypatch, settings)

    def listed(*words, day="2026-12-02"):
        ran = run("filing", "calendar", *words, "--as-of", day, "--json")
        assert ran.code == 0, ran.err
        return ran.rows

    return listed


def test_the_last_days_of_a_year_are_those_that_were_published(due, opener):
    two_payments(opener)

    rows = [row for row in due(*YEAR, "--all") if row["form"] == FORM]

    assert [row["due_on"] for row in rows] == [f"2026-{day}" for day in PUBLISHED]
    assert {row["findings"] for row in rows} == {None}
    assert {row["status"] for row in rows} == {"nothing to declare", "not prepared"}


def test_a_form_is_not_due_for_months_before_anything_could_be_kept_back_for_it(due, opener):
    two_payments(opener)

    rows = [row for row in due(*YEAR, "--all") if row["form"] == "cn.vat.withholding"]

    assert [(row["period"], row["due_on"]) for row in rows] == [("2026-11", "2026-12-15")]


def test_each_return_tells_its_owner_its_total_and_how_far_it_is(due, opener):
    two_payments(opener)
    december = ("--from", "2026-12", "--to", "2026-12")
    [row] = [row for row in due(*december) if row["form"] == FORM]
    assert (row["status"], row["total"], row["owner"]) == ("not prepared", "960.00", "qian.tax")
    assert next(row["days_late"] for row in due(*december, day="2026-12-20")) == 5

    filed(opener)
    [row] = [row for row in due(*december) if row["form"] == FORM]
    assert (row["status"], row["return"]) == ("written", "RET-2026-000001")
    handed_in(opener)

    [row] = [row for row in due(*december, day="2026-12-20") if row["form"] == FORM]
    assert (row["status"], row["days_late"]) == ("submitted", None)


def test_a_year_whose_holidays_are_not_published_is_a_finding_and_not_a_guess(due, opener):
    two_payments(opener)

    rows = due("--from", "2027-03", "--to", "2027-03")

    assert all("unconfirmed" in row["findings"][0] for row in rows if row["form"] == FORM)
    assert [row["status"] for row in rows if row["form"] == FORM] == ["to come"]


def test_a_platform_is_told_of_its_quarterly_reports_and_others_are_not(due, opener):
    two_payments(opener)
    assert "cn.platform.report" not in {row["form"] for row in due(*YEAR)}
    with opener()() as books:
        make.only(books, LegalEntity).platform_since = date(2026, 1, 1)

    rows = [row for row in due(*YEAR) if row["form"] == "cn.platform.report"]

    assert [(row["period"], row["due_on"]) for row in rows] == [
        ("2025-10/2025-12", "2026-01-31"),
        ("2026-01/2026-03", "2026-04-30"),
        ("2026-04/2026-06", "2026-07-31"),
        ("2026-07/2026-09", "2026-10-31"),
    ]
    assert {row["status"] for row in rows} == {"outside"}


def entries(file):
    """Return the entries of a calendar by their identity, as another program reads them."""
    read = Calendar.from_ical(file.read_bytes())
    return {str(event["UID"]): event for event in read.events}


def test_other_programs_read_the_calendar_and_know_an_entry_again(due, opener, tmp_path):
    two_payments(opener)
    file = tmp_path / "due.ics"
    due(*YEAR, "--all", "--ical", file)
    before = entries(file)
    filed(opener, as_of=DECEMBER)

    due(*YEAR, "--all", "--ical", file)

    after = entries(file)
    assert before.keys() == after.keys()
    event = after["xh-cn.iit.withholding-2026-11@vendorops"]
    assert event.start == date(2026, 12, 15)
    assert "status written" in str(event["DESCRIPTION"])
    assert "RET-2026-000001" in str(event["DESCRIPTION"])
    assert len(event.alarms.times) == 1
    again = file.read_bytes()
    due(*YEAR, "--all", "--ical", file)
    assert file.read_bytes() == again


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("--from", "2026-12", "--to", "2026-01"), 1, "no stretch of up to ten years"),
        (("--from", "2026-01", "--to", "2099-01"), 1, "no stretch of up to ten years"),
        (("--from", "soon", "--to", "2026-01"), 2, "is not a month"),
        (("--from", "2026-01"), 2, "Missing option"),
    ],
)
@pytest.mark.usefixtures("due")
def test_a_stretch_that_is_none_is_refused_with_a_sentence(run, words, code, why):
    ran = run("filing", "calendar", *words)

    assert (ran.code, why in ran.err) == (code, True)
