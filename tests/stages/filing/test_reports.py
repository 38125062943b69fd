"""Reports of what a platform paid go through the states of a return, and declare no tax."""

from datetime import date

import pytest
from sqlalchemy import text

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import TAX, accepted, handed_in, two_payments
from tests.stages.filing.cells import tables
from tests.stages.settlement.month import rows, run
from vendorops.documents import kept
from vendorops.documents.platform_reports import NotReported
from vendorops.domain.periods import Period
from vendorops.paying.declaring import LedgerDiffers
from vendorops.paying.filing_calendar import due_between
from vendorops.stages.filing import AlreadyReported, NotAmendable, amend, prepare_report
from vendorops.stages.returns import CHECKS
from vendorops.tables import Effect, Filing, LegalEntity, Party, Payment

FORM = ("cn", "cn.platform.report")
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
JANUARY = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def platform(opener):
    """A platform that paid one person twice in the quarter."""
    two_payments(opener)
    with opener()() as books:
        make.only(books, LegalEntity).platform_since = date(2026, 1, 1)


def prepared(opener, as_of=JANUARY):
    with opener(as_of=as_of, actor="lin.buyer")() as books:
        return prepare_report(books, make.only(books, LegalEntity), FORM, QUARTER).id


def written(opener):
    """Check the report, approve it, and write it."""
    run("returns", opener, as_of=JANUARY)
    make.reply(opener, "filing", TAX, as_of=JANUARY)
    run("returns", opener, as_of=JANUARY)


def reported(opener):
    """Return state and version of each report, and what the newest says was paid."""
    with opener(as_of=JANUARY)() as books:
        found = [row for row in rows(books, Filing) if row.form == FORM[1]]
        sheets, _ = tables(kept(books, found[-1].file_sha256))
        return [(row.version, row.status) for row in found], sheets["收入信息"][1][5:7]


def test_a_quarter_is_approved_by_another_person_handed_in_and_accepted(opener):
    prepared(opener)
    written(opener)
    handed_in(opener, "PLAT-0001", as_of=JANUARY)
    accepted(opener, as_of=JANUARY)

    assert reported(opener) == ([(1, "accepted")], ["6000.00", "2"])
    with opener(as_of=JANUARY)() as books:
        filing = make.only(books, Filing, form=FORM[1])
        assert (filing.prepared_by, filing.approved_by) == ("lin.buyer", TAX)
        assert f"{filing.reference}.xlsx" in {row.name for row in rows(books, Effect)}
        (due,) = [
            each
            for each in due_between(books, date(2027, 1, 1), date(2027, 2, 1))
            if each.form == FORM[1]
        ]
        assert (due.status, due.filing) == ("accepted", filing.reference)
        assert broken(books) == []


def test_what_the_office_rejects_is_reported_again_once_it_was_corrected(opener):
    prepared(opener)
    written(opener)
    handed_in(opener, "PLAT-0001", as_of=JANUARY)
    with pytest.raises(AlreadyReported, match="is submitted and is this report"):
        prepared(opener)
    accepted(opener, "reject", as_of=JANUARY)

    prepared(opener)

    assert reported(opener)[0] == [(1, "rejected"), (2, "prepared")]
    run("returns", opener, as_of=JANUARY)
    assert reported(opener)[0] == [(1, "rejected"), (2, "prepared")], "it says the same again"


@pytest.mark.breaks("R01")
def test_a_report_is_amended_where_it_would_say_otherwise_now_and_not_else(opener):
    prepared(opener)
    written(opener)
    handed_in(opener, "PLAT-0001", as_of=JANUARY)
    with (
        pytest.raises(NotAmendable, match="nothing to amend"),
        opener(as_of=JANUARY, actor=TAX)() as books,
    ):
        amend(books, make.only(books, Filing, form=FORM[1]), "to be quite sure")
    with opener()() as books:
        make.only(books, Party, kind="person").name = "王晓明"

    with opener(as_of=JANUARY, actor="lin.buyer")() as books:
        amend(books, make.only(books, Filing, form=FORM[1]), "the name was spelt wrongly")
    written(opener)
    handed_in(opener, "PLAT-0002", as_of=JANUARY)

    assert reported(opener)[0] == [(1, "amended"), (2, "submitted")]


def test_a_report_of_a_payment_that_the_ledger_has_otherwise_goes_no_further(opener):
    ident = prepared(opener)
    with opener(as_of=JANUARY)() as books:
        name = make.rows_of(books, Payment)[0].reference
        off = text("UPDATE transfer SET amount_minor = amount_minor - 1 WHERE key = :key")
        books.session.connection().execute(text("DROP TRIGGER transfer_never_update"))
        books.session.connection().execute(off, {"key": f"payment/{name}"})

        with pytest.raises(LedgerDiffers, match=f"tells of {name} otherwise"):
            CHECKS[-1](books, books.get(Filing, ident))
        books.session.rollback()


def test_a_report_is_prepared_once_its_quarter_is_over(opener):
    with pytest.raises(NotReported, match="from 2027-01-01 on"):
        prepared(opener, as_of=date(2026, 12, 31))
