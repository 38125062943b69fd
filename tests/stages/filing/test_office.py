"""What an office rejects, version by version: what stands then, and what is told next."""

from datetime import date

import pytest
from sqlalchemy import text

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import (
    DECEMBER,
    accepted,
    filed,
    handed_in,
    one_more,
    prepared,
    two_payments,
)
from tests.stages.settlement.month import rows, run
from vendorops.stages.filing import NotAmendable, amend, prepare_again
from vendorops.tables import Decision, Filing, FilingSheet, Party, Withholding

LATER = date(2026, 12, 4)
DAY_AFTER = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def withheld(opener):
    two_payments(opener)


def renamed(opener):
    """Correct what only the sheets beside the form say of the payee."""
    with opener()() as books:
        make.only(books, Party, kind="person").name = "王晓明"


def versions(books):
    return [(row.version, row.status) for row in rows(books, Filing)]


def taxes(books):
    """Return state and declaring version of each withholding."""
    named = {None: None} | {row.id: row.version for row in rows(books, Filing)}
    return [(row.status, named[row.filing_id]) for row in rows(books, Withholding)]


@pytest.mark.breaks("R01")
def test_a_return_rejected_for_what_only_its_sheets_say_is_handed_in_once_that_is_corrected(
    opener,
):
    filed(opener)
    handed_in(opener)
    accepted(opener, "reject")
    renamed(opener)

    filed(opener, as_of=LATER)

    with opener(as_of=LATER)() as books:
        assert versions(books) == [(1, "rejected"), (2, "written")]
        first, second = rows(books, Filing)
        assert first.file_sha256 == second.file_sha256


@pytest.mark.breaks("R01", "F2")
def test_sheets_in_the_house_must_say_of_a_payee_what_the_books_say_now(opener):
    prepared(opener)

    renamed(opener)

    with opener(as_of=LATER)() as books:
        assert "F2 RET-2026-000001" in broken(books)


@pytest.mark.breaks("R01")
def test_sheets_that_left_the_house_stay_sound_whatever_becomes_of_a_payee(opener):
    filed(opener)
    handed_in(opener)

    renamed(opener)

    with opener(as_of=LATER)() as books:
        assert [each for each in broken(books) if each.startswith("F2")] == []


@pytest.mark.breaks("F2", "F4")
def test_a_sheet_that_was_changed_after_it_was_handed_in_is_noticed(opener, settings):
    filed(opener)
    handed_in(opener)
    with opener(as_of=LATER)() as books:
        sheet = make.only(books, FilingSheet)

        (path,) = settings.documents.rglob(f"*{sheet.sha256}*")
        path.chmod(0o600)
        path.write_bytes(b"something else")

        assert "F2 RET-2026-000001" in broken(books)


@pytest.mark.breaks("R01")
def test_a_return_is_amended_for_what_only_its_sheets_say(opener):
    filed(opener)
    handed_in(opener)
    renamed(opener)

    with opener(as_of=LATER, actor="qian.tax")() as books:
        second = amend(books, make.only(books, Filing), "the name was spelt wrongly")

        assert (second.version, second.status) == (2, "prepared")
        assert len({row.sha256 for row in rows(books, FilingSheet)}) == 2


def test_an_amendment_on_another_day_that_would_say_the_same_is_refused(opener):
    filed(opener)
    handed_in(opener)

    with pytest.raises(NotAmendable, match="nothing to amend"):  # noqa: SIM117 - what was done is undone.
        with opener(as_of=LATER, actor="qian.tax")() as books:
            amend(books, make.only(books, Filing), "to be quite sure")


def test_after_two_rejected_amendments_the_first_version_stands_again(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")
    one_more(opener)
    filed(opener)
    accepted(opener, "reject")
    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "accepted"), (2, "rejected"), (3, "written")]
        assert taxes(books) == [("filed", 3)] * 2 + [("booked", 3)] * 2
        assert broken(books) == []
    handed_in(opener, "SH-2026-11-0003")
    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "amended"), (2, "rejected"), (3, "submitted")]

    accepted(opener, "reject")

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "accepted"), (2, "rejected"), (3, "rejected")]
        assert taxes(books) == [("filed", 1)] * 2 + [("booked", None)] * 2
        assert broken(books) == []


def test_tax_counts_as_not_filed_once_its_only_version_is_rejected_with_another_underway(opener):
    filed(opener)
    handed_in(opener)
    one_more(opener)
    filed(opener)

    accepted(opener, "reject")

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "rejected"), (2, "written")]
        assert taxes(books) == [("booked", 2)] * 3
        assert broken(books) == []
    handed_in(opener, "SH-2026-11-0002")
    accepted(opener)

    with opener(as_of=DECEMBER)() as books:
        assert taxes(books) == [("filed", 2)] * 3
        assert broken(books) == []


def open_about(books, kind):
    """Return of which versions it is being asked."""
    asked = [row for row in rows(books, Decision) if row.kind == kind]
    return [row.subject_reference for row in asked if row.status == "requested"]


def test_the_office_is_waited_for_about_the_version_that_stands_and_no_other(opener):
    filed(opener)
    handed_in(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")
    with opener(as_of=DECEMBER)() as books:
        assert open_about(books, "filing_outcome") == ["RET-2026-000002"]

    accepted(opener, "reject")
    run("returns", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "submitted"), (2, "rejected")]
        assert open_about(books, "filing_outcome") == ["RET-2026-000001"]


def test_after_a_version_was_rejected_the_next_is_prepared_on_a_later_day(opener):
    filed(opener)
    handed_in(opener, says="reject", as_of=LATER)

    run("filing", opener, as_of=LATER)
    with opener(as_of=LATER)() as books:
        assert versions(books) == [(1, "rejected")]
    run("filing", opener, as_of=DAY_AFTER)

    with opener(as_of=DAY_AFTER)() as books:
        assert versions(books) == [(1, "rejected"), (2, "prepared")]


@pytest.mark.parametrize("again", [amend, prepare_again])
def test_a_version_that_was_moved_meanwhile_is_neither_amended_nor_prepared_again(opener, again):
    prepared(opener)
    if again is amend:
        make.reply(opener, "filing", "qian.tax", as_of=DECEMBER)
        handed_in_as_approved(opener)

    with pytest.raises(NotAmendable, match="is rejected"):  # noqa: SIM117 - what was done is undone.
        with opener(as_of=DECEMBER, actor="qian.tax")() as books:
            filing = make.only(books, Filing)
            books.session.connection().execute(text("UPDATE filing SET status = 'rejected'"))
            again(books, filing, "the name was spelt wrongly")


def handed_in_as_approved(opener):
    """Write what was approved, and record that it was handed in."""
    run("returns", opener, as_of=DECEMBER)
    handed_in(opener)
