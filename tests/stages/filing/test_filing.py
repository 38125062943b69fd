from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.filing.carrying import DECEMBER, accepted, filed, handed_in, two_payments
from tests.stages.settlement.month import (
    IDENTITY,
    OUR_NUMBER,
    SECRETS,
    claim,
    company,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.documents import kept
from vendorops.stages.filing import filing_file
from vendorops.tables import Decision, Effect, Event, Filing, FilingReceipt, Refusal, Withholding


@pytest.fixture
def withheld(opener):
    two_payments(opener)


@pytest.mark.usefixtures("withheld")
def test_the_tax_of_a_month_is_declared_per_person_and_handed_in(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener)

    with opener(as_of=DECEMBER)() as books:
        filing = make.only(books, Filing)
        assert (filing.status, filing.month, filing.due_on) == (
            "accepted",
            "2026-11",
            date(2026, 12, 15),
        )
        assert (filing.rows, filing.total_minor) == (2, 96_000)
        lines = kept(books, filing.file_sha256).decode().splitlines()
        assert f",{OUR_NUMBER},SUP-2026-000001,{IDENTITY},cn.iit.labor" in lines[1]
        assert ",6000.00,4800.00,960.00," in lines[1]
        assert [row.status for row in rows(books, Withholding)] == ["filed"] * 2
        names = [row.name for row in rows(books, Effect)]
        assert names[:2] == ["BAT-2026-000001.xml", "RET-2026-000001.csv"]
        receipts = [(row.event, row.number) for row in rows(books, FilingReceipt)]
        assert receipts == [("submitted", "SH-2026-11-0001"), ("accepted", "")]
        who = (filing.prepared_by, filing.checked_by, filing.approved_by)
        assert who == ("system:filing", "system:returns", "qian.tax")
        assert broken(books) == []


@pytest.mark.usefixtures("withheld")
def test_filing_twice_prepares_and_promises_once(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener)

    outcomes = [run(stage, opener, as_of=DECEMBER) for stage in ("filing", "returns")]

    assert [(out.advanced, out.waiting) for out in outcomes] == [([], [])] * 2
    with opener()() as books:
        assert (len(rows(books, Filing)), len(rows(books, Effect))) == (1, 3)


@pytest.mark.usefixtures("withheld")
def test_a_month_that_is_not_over_is_not_filed(opener):
    outcome = run("filing", opener, month="2026-11")

    assert outcome.advanced == []
    with opener()() as books:
        assert rows(books, Filing) == []


def test_a_month_in_which_nothing_was_withheld_files_nothing(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)

    run("filing", opener, as_of=DECEMBER)

    with opener()() as books:
        assert rows(books, Filing) == []


@pytest.mark.usefixtures("withheld")
def test_a_return_recomputed_from_rows_is_the_file_that_was_approved(opener):
    filed(opener)

    with opener(as_of=date(2027, 5, 1))() as books:
        filing = make.only(books, Filing)
        again = filing_file(books, filing)

        assert again == kept(books, filing.file_sha256)


@pytest.mark.usefixtures("withheld")
def test_a_rejected_return_is_prepared_anew_on_a_later_day(opener):
    filed(opener, "reject")

    run("filing", opener, as_of=DECEMBER)
    with opener(as_of=DECEMBER)() as books:
        same_day = [row.status for row in rows(books, Filing)]
    later = date(2026, 12, 3)
    run("filing", opener, as_of=later)

    assert same_day == ["rejected"]
    with opener(as_of=later)() as books:
        found = [(row.version, row.status, row.rows) for row in rows(books, Filing)]
        assert found == [(1, "rejected", 2), (2, "prepared", 2)]
        assert broken(books) == []


@pytest.mark.usefixtures("withheld")
def test_the_tax_desk_is_asked_in_time_for_the_last_day(opener):
    run("filing", opener, as_of=date(2026, 12, 14))

    run("returns", opener, as_of=date(2026, 12, 14))

    with opener()() as books:
        asked = make.only(books, Decision, kind="filing")
        assert (asked.due_on, asked.role) == (date(2026, 12, 15), "tax")
        assert asked.amount_minor == 96_000


@pytest.mark.usefixtures("withheld")
def test_nothing_of_the_vault_is_in_events_decisions_or_refusals(opener):
    filed(opener)
    with opener(as_of=DECEMBER)() as books:
        claim(books, make.contract(books), ("40", "46.50"), month="2026-11")
    settled(opener, as_of=DECEMBER)
    assert run("payment", opener, as_of=DECEMBER).refused
    run("delivery", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        told = [
            row.model_dump_json()
            for kind in (Event, Decision, Refusal)
            for row in rows(books, kind)
        ]

    assert len(told) > 50
    assert [secret for secret in SECRETS if any(secret in text for text in told)] == []


@pytest.mark.usefixtures("withheld")
def test_nothing_of_the_vault_is_in_the_names_of_files(opener, settings):
    filed(opener)

    run("delivery", opener, as_of=DECEMBER)

    names = [str(path) for path in settings.home.rglob("*")]
    assert len(names) > 4
    assert [secret for secret in SECRETS if any(secret in name for name in names)] == []
