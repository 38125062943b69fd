"""Returns whose content changes: superseded in the house, amended outside, and never half."""

from datetime import date
from hashlib import sha256

import pytest

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
from vendorops.documents import kept
from vendorops.domain.refusal import Refused
from vendorops.stages.filing import NotAmendable, amend, prepare_again
from vendorops.tables import Decision, Effect, Filing, FilingLine, FilingReceipt, Withholding

LATER = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def withheld(opener):
    two_payments(opener)


def versions(books):
    return [(row.version, row.status, row.rows, row.total_minor) for row in rows(books, Filing)]


def taxes(books):
    """Return state and declaring version of each withholding."""
    named = {None: None} | {row.id: row.version for row in rows(books, Filing)}
    return [(row.status, named[row.filing_id]) for row in rows(books, Withholding)]


@pytest.mark.parametrize("steps", ["prepared", "approved"])
def test_tax_kept_back_after_a_return_was_prepared_makes_a_new_version(opener, steps):
    prepared(opener)
    if steps == "approved":
        make.reply(opener, "filing", "qian.tax", as_of=DECEMBER)
    one_more(opener)

    run("returns", opener, as_of=DECEMBER)
    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "superseded", 2, 96_000)]
        assert taxes(books) == [("booked", None)] * 3
    prepared(opener)

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "superseded", 2, 96_000), (2, "checked", 3, 144_000)]
        assert taxes(books) == [("booked", 2)] * 3
        assert len([row for row in rows(books, Effect) if row.name.startswith("RET")]) == 0
        open_still = [row for row in rows(books, Decision) if row.status == "requested"]
        assert [row.subject_reference for row in open_still] == ["RET-2026-000002"]
        assert broken(books) == []


def test_a_version_in_the_house_makes_room_where_preparation_comes_first(opener):
    prepared(opener)
    one_more(opener)

    prepared(opener)

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "superseded", 2, 96_000), (2, "checked", 3, 144_000)]


def test_tax_kept_back_after_a_return_was_handed_in_makes_an_amendment(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener)
    one_more(opener)

    filed(opener)
    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "accepted", 2, 96_000), (2, "written", 3, 144_000)]
        assert taxes(books) == [("filed", 2), ("filed", 2), ("booked", 2)]
        assert broken(books) == []
    handed_in(opener, "SH-2026-11-0002")
    accepted(opener)

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "amended", 2, 96_000), (2, "accepted", 3, 144_000)]
        assert taxes(books) == [("filed", 2)] * 3
        first, second = rows(books, Filing)
        assert second.amends_id == first.id
        assert len([row for row in rows(books, FilingLine) if row.filing_id == first.id]) == 2
        assert broken(books) == []


def test_an_amendment_that_the_office_rejects_leaves_the_version_before_in_force(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    accepted(opener, "reject")

    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "accepted", 2, 96_000), (2, "rejected", 3, 144_000)]
        assert taxes(books) == [("filed", 1), ("filed", 1), ("booked", None)]
        assert broken(books) == []


def test_what_the_office_rejected_is_not_handed_in_again_unchanged(opener):
    filed(opener)
    handed_in(opener)
    accepted(opener, "reject")
    with opener(as_of=DECEMBER)() as books:
        assert taxes(books) == [("booked", None)] * 2

    run("filing", opener, as_of=LATER)
    outcome = run("returns", opener, as_of=LATER)

    ((_, why),) = outcome.refused
    assert "E_FILING_REJECTED_BEFORE: RET-2026-000002 says what RET-2026-000001 said" in why
    assert "as the test wants it" in why
    with opener(as_of=LATER)() as books:
        assert versions(books)[1][:2] == (2, "prepared")
        assert broken(books) == []


def test_a_file_that_was_not_handed_in_gives_way_to_another_version(opener):
    filed(opener)
    one_more(opener)
    run("filing", opener, as_of=DECEMBER)
    with opener(as_of=DECEMBER)() as books:
        assert versions(books) == [(1, "written", 2, 96_000)]

    handed_in(opener, says="reject")
    filed(opener, as_of=LATER)

    with opener(as_of=LATER)() as books:
        assert versions(books) == [(1, "rejected", 2, 96_000), (2, "written", 3, 144_000)]
        assert rows(books, FilingReceipt) == []
        names = [row.name for row in rows(books, Effect) if row.name.endswith(".csv")]
        assert names == ["RET-2026-000001.csv", "RET-2026-000002.csv"]
        assert broken(books) == []


def test_a_receipt_counts_for_one_return_only_and_must_look_like_one(opener):
    filed(opener)
    for bad, why in (
        ({}, "E_FILING_NO_RECEIPT"),
        ({"receipt": "=1+1"}, "E_FILING_RECEIPT: "),
        ({"receipt": "SH-1", "on": "2026-12-24"}, "E_FILING_RECEIPT_DAY"),
        ({"receipt": "SH-1", "evidence": "0" * 64}, "E_FILING_RECEIPT_EVIDENCE"),
        ({"receipt": "SH-1", "amount": "5"}, "amount is not asked"),
    ):
        with pytest.raises(Refused, match=why):
            make.reply(opener, "filing_submission", "qian.tax", detail=bad, as_of=DECEMBER)
    handed_in(opener)
    accepted(opener)
    one_more(opener)
    filed(opener)

    with pytest.raises(Refused, match=r"E_FILING_RECEIPT_KNOWN: .* for RET-2026-000001"):
        handed_in(opener)


def test_a_version_is_prepared_anew_or_amended_by_hand_only_where_it_may_be(opener):
    prepared(opener)
    with opener(as_of=DECEMBER, actor="qian.tax")() as books:
        first = make.only(books, Filing)
        with pytest.raises(NotAmendable, match="is checked; amend the version that the office"):
            amend(books, first, "the name was spelt wrongly")
        make.person(books, "second.tax")
        make.grant(books, "second.tax", "tax")
        second = prepare_again(books, first, "the name was spelt wrongly")
        assert (first.status, second.version, second.prepared_by) == ("superseded", 2, "qian.tax")
    run("returns", opener, as_of=DECEMBER)
    with pytest.raises(Refused, match="took part"):
        make.reply(opener, "filing", "qian.tax", as_of=DECEMBER)

    make.reply(opener, "filing", "second.tax", as_of=DECEMBER)
    run("returns", opener, as_of=DECEMBER)
    handed_in(opener)

    with pytest.raises(NotAmendable, match="nothing to amend"):  # noqa: SIM117 - what was done is undone.
        with opener(as_of=DECEMBER, actor="qian.tax")() as books:
            amend(books, make.only(books, Filing, version=2), "to be sure")
    with opener(as_of=DECEMBER)() as books:
        assert [row[:2] for row in versions(books)] == [(1, "superseded"), (2, "submitted")]


def test_every_version_keeps_the_file_that_it_was(opener):
    filed(opener)
    handed_in(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    with opener(as_of=DECEMBER)() as books:
        files = [(row.file_sha256, kept(books, row.file_sha256)) for row in rows(books, Filing)]
    assert [sha256(data).hexdigest() for _, data in files] == [digest for digest, _ in files]
    assert [data.decode().splitlines()[-1].split(",")[-2] for _, data in files] == [
        "960.00",
        "1440.00",
    ]
