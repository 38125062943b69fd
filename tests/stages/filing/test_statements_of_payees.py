"""Form 1099-NEC from the books to the IRS: a statement a payee, in files under its template."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from tests import make
from tests.soundness import broken
from tests.stages.filing.american_year import (
    FORM,
    JANE,
    JOHN,
    LATER,
    NOBODY_KNOWS,
    carried,
    earned,
    template,
)
from tests.stages.filing.carrying import TAX
from tests.stages.settlement.month import OUR_NUMBER, claim, rows, run, settled
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR
from vendorops.documents import information_returns, kept
from vendorops.paying.filing_calendar import due_between
from vendorops.stages.filing import NotAmendable, amend, prepare_again
from vendorops.tables import (
    CheckFinding,
    Contract,
    Effect,
    Filing,
    FilingSheet,
    InformationReturn,
    Party,
    Refusal,
    Withholding,
)


@pytest.fixture
def paid(opener):
    """Three people: one above the threshold, one below it, one without a taxpayer number."""
    contracts = earned(opener, (JANE, "5000"), (JOHN, "1999.99"), (NOBODY_KNOWS, "2000"))
    template(opener)
    return contracts


def told(books, filing):
    """Return what each file under the template says, line by line."""
    sheets = [row for row in rows(books, FilingSheet) if row.filing_id == filing.id]
    return {
        row.layout: list(csv.DictReader(io.StringIO(kept(books, row.sha256).decode())))
        for row in sheets
    }


def found(books):
    return {
        row.code: row.message for row in rows(books, CheckFinding) if row.subject_table == "filing"
    }


@pytest.mark.usefixtures("paid")
def test_a_year_is_approved_by_another_person_and_written_under_the_template_of_the_office(opener):
    carried(opener, NEW_YEAR, "IRIS-0001")

    with opener(as_of=NEW_YEAR)() as books:
        filing = make.only(books, Filing)
        lines = told(books, filing)["iris-1"]
        assert [
            (
                row["Recipient Taxpayer ID Number"],
                row["Box 1a - Nonemployee compensation"],
                row["Box 4 - Federal income tax withheld"],
            )
            for row in lines
        ] == [("536904399", "5000.00", "0.00"), ("", "2000.00", "480.00")]
        assert {row["Payer Taxpayer ID Number"] for row in lines} == {OUR_NUMBER}
        assert (filing.status, filing.total_minor) == ("accepted", 48_000)
        withheld = sum(Decimal(row["Box 4 - Federal income tax withheld"]) for row in lines)
        assert withheld * 100 == sum(row.amount_minor for row in rows(books, Withholding))
        names = [row.name for row in rows(books, Effect) if row.name.startswith("RET")]
        assert names == ["RET-2027-000001.csv", "RET-2027-000001-iris-1.csv"]
        assert broken(books) == []


@pytest.mark.usefixtures("paid")
def test_who_has_no_taxpayer_number_is_named_and_so_are_columns_that_stay_empty(opener):
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        noted = found(books)
        assert "on file of SUP-2026-000003:" in noted["tin-missing"]
        assert noted["template-incomplete"].endswith("stay empty: Office Code")
        assert "2027" not in noted["template-unconfirmed"]


def test_without_a_template_the_return_says_so_and_is_prepared_anew_once_there_is_one(opener):
    earned(opener, (JANE, "5000"))
    run("filing", opener, as_of=NEW_YEAR)
    with opener(as_of=NEW_YEAR)() as books:
        assert rows(books, FilingSheet) == []
        assert "filing prepare --again RET-2027-000001" in found(books)["template-missing"]

    template(opener)
    with opener(as_of=NEW_YEAR, actor=TAX)() as books:
        fresh = prepare_again(books, make.only(books, Filing), "the template came in")

        assert list(told(books, fresh)) == ["iris-1"]
        assert broken(books) == []


@pytest.mark.usefixtures("paid")
def test_the_file_of_a_version_is_read_once_for_all_that_is_told_by_it(opener, monkeypatch):
    read = []

    def counted(books, sha256):
        read.append(sha256)
        return kept(books, sha256)

    monkeypatch.setattr(information_returns, "kept", counted)
    with opener(as_of=NEW_YEAR, actor=TAX)() as books:
        run("filing", opener, as_of=NEW_YEAR)
        first = make.only(books, Filing).file_sha256

    assert read.count(first) == 1


@pytest.mark.breaks("R01")
def test_an_amendment_tells_the_office_of_new_and_corrected_returns_alone(opener, paid):
    carried(opener, NEW_YEAR, "IRIS-0001")
    with opener()() as books:
        claim(books, books.get(Contract, paid[1]), ("1", "0.01"), rate_e4=0)
    settled(opener)
    with opener()() as books:
        make.only(books, Party, name="Jane Doe").name = "Jane Smith"

    carried(opener, LATER, "IRIS-0002")

    with opener(as_of=LATER)() as books:
        first, second = rows(books, Filing)
        assert (first.status, second.status, second.amends_id) == ("amended", "accepted", first.id)
        files = told(books, second)
        assert [row["Form Account Number"] for row in files["iris-1"]] == ["SUP-2026-000002"]
        assert files["iris-1"][0]["Box 1a - Nonemployee compensation"] == "2000.00"
        assert [row["Recipient Last Name (Surname)"] for row in files["iris-corrections-1"]] == [
            "Smith"
        ]
        said = [row.says for row in rows(books, InformationReturn) if row.filing_id == second.id]
        assert said == ["corrected", "original", "unchanged"]
        assert "SUP-2026-000001: corrected or withdrawn" in found(books)["corrected-by-record"]


@pytest.mark.usefixtures("paid")
def test_who_turns_out_to_live_abroad_is_withdrawn_with_nothing_in_the_boxes(opener):
    carried(opener, NEW_YEAR, "IRIS-0001")
    with opener()() as books:
        make.only(books, Party, name="Jane Doe").place = "xa"

    with opener(as_of=LATER, actor=TAX)() as books:
        first = make.only(books, Filing)
        second = amend(books, first, "she lives abroad: Form 1042-S")

        (row,) = told(books, second)["iris-corrections-1"]
        assert (row["Recipient Taxpayer ID Number"], row["Form Account Number"]) == (
            "536904399",
            "SUP-2026-000001",
        )
        assert row["Box 1a - Nonemployee compensation"] == "0.00"


@pytest.mark.usefixtures("paid")
def test_an_amendment_that_would_tell_the_office_nothing_new_is_refused(opener):
    carried(opener, NEW_YEAR, "IRIS-0001")

    with pytest.raises(NotAmendable, match="nothing to amend"):  # noqa: SIM117 - what was done is undone.
        with opener(as_of=LATER, actor=TAX)() as books:
            amend(books, make.only(books, Filing), "to be quite sure")


@pytest.mark.breaks("F7", "S17")
@pytest.mark.usefixtures("paid")
def test_a_statement_that_is_a_cent_off_the_ledger_is_refused_with_the_payee(opener):
    with opener()() as books:
        books.session.connection().execute(
            text(
                "UPDATE withholding SET income_minor = income_minor + 1 "
                "WHERE id = (SELECT min(id) FROM withholding)"
            )
        )

    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        assert rows(books, Filing) == []
        (why,) = [row.reason for row in rows(books, Refusal)]
        assert "tell of SUP-2026-000001 (5000.01 USD paid and 0.00 USD kept back" in why
        assert "but the ledger has 5000.00 USD paid" in why


def test_a_version_that_corrects_what_the_office_rejected_goes_no_further(opener, paid):
    carried(opener, NEW_YEAR, "IRIS-0001", says=None)
    with opener()() as books:
        claim(books, books.get(Contract, paid[1]), ("1", "0.01"), rate_e4=0)
    settled(opener)
    carried(opener, LATER, approves=False)
    make.reply(opener, "filing_outcome", TAX, "reject", as_of=LATER)
    run("returns", opener, as_of=LATER)

    carried(opener, LATER)

    with opener(as_of=LATER, actor=TAX)() as books:
        _, second = rows(books, Filing)
        (why,) = [row.reason for row in rows(books, Refusal)]
        assert (second.status, why.split(":")[0]) == ("approved", "E_FILING_CORRECTS")
        third = prepare_again(books, second, "the first was rejected")
        assert len(told(books, third)["iris-1"]) == 3


@pytest.mark.usefixtures("paid")
def test_the_calendar_says_when_the_year_is_due_moved_to_a_working_day(opener):
    run("filing", opener, as_of=NEW_YEAR)

    with opener(as_of=NEW_YEAR)() as books:
        due = due_between(books, date(2027, 1, 1), date(2027, 3, 1))
        (line,) = [each for each in due if each.form == FORM]

        assert (line.due_on, line.period) == (date(2027, 2, 1), "2026-01/2026-12")
        assert repr(line.total) == "480.00 USD"
