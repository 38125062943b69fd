"""A renewed document is checked and verified before it takes the place of the one before."""

from datetime import date

import pytest

from tests import make
from tests.stages.onboarding.applying import counted, run
from tests.stages.watch.licences import (
    ENDS,
    HANDED_IN,
    OPENS,
    SAID,
    approved,
    day_before,
    paper,
    renewed,
    standing,
    watch,
)
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.documents.holding import current_papers, relied_on
from vendorops.stages.onboarding.renewing import BadDocument, hand_in
from vendorops.stages.watch.renewed import findings_of
from vendorops.tables import ComplianceDocument, Qualification, Renewal, Supplier


@pytest.fixture(autouse=True)
def agency(opener):
    approved(opener)
    watch(opener, OPENS)


def asked(opener, as_of=HANDED_IN):
    with opener(as_of=as_of)() as books:
        return [(row.kind, row.question) for row in waiting(books)]


def relied(opener, day):
    with opener(as_of=day)() as books:
        return "dispatch_licence" in relied_on(books, make.only(books, Supplier), day)


def verified(opener, as_of=HANDED_IN):
    make.reply(opener, "document", "lin.buyer", as_of=as_of)
    watch(opener, as_of)


def test_a_renewed_licence_waits_for_a_person_and_the_old_one_is_relied_on_until_then(opener):
    renewed(opener)

    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "checked")]
    ((kind, question),) = asked(opener)
    assert kind == "document"
    assert "the dispatch_licence of 昆山高远" in question
    assert "2028-01-01 to 2031-01-01, in order?" in question
    assert relied(opener, HANDED_IN)
    assert not relied(opener, ENDS)


def test_a_verified_licence_that_begins_later_stands_beside_the_old_one_without_a_gap(opener):
    renewed(opener)
    verified(opener)

    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "verified")]
    assert relied(opener, day_before(ENDS))
    assert relied(opener, ENDS)
    watch(opener, day_before(ENDS))
    assert standing(opener, ENDS) == [(1, "expiring"), (2, "verified")]
    watch(opener, ENDS)
    assert standing(opener, ENDS) == [(1, "superseded"), (2, "verified")]
    with opener()() as books:
        assert make.only(books, Renewal).status == "done"
        case = make.only(books, Qualification)
        assert case.valid_to == case.asked_anew_on == date(2028, 11, 4), "the rhythm stands"


def test_a_verified_licence_that_has_begun_takes_the_place_of_the_old_one_at_once(opener):
    renewed(
        opener,
        paper(valid_from=date(2027, 11, 1), valid_to=date(2030, 10, 31)),
        valid_from="2027-11-01",
        valid_to="2030-11-01",
    )
    verified(opener)

    assert standing(opener, HANDED_IN) == [(1, "superseded"), (2, "verified")]


def test_a_licence_renewed_too_late_closes_its_lapsed_renewal_and_opens_award_again(opener):
    late = date(2028, 2, 1)
    watch(opener, ENDS)
    renewed(opener, as_of=late)
    verified(opener, as_of=late)

    assert standing(opener, late) == [(1, "superseded"), (2, "verified")]
    with opener()() as books:
        assert make.only(books, Renewal).status == "done"
    assert run(opener, "contracting", as_of=late).refused == []


def test_a_licence_renewed_with_a_gap_leaves_its_renewal_open(opener):
    printed = paper(valid_from=date(2028, 2, 1), valid_to=date(2031, 1, 31))
    renewed(opener, printed, valid_from="2028-02-01", valid_to="2031-02-01")
    verified(opener)

    with opener()() as books:
        assert make.only(books, Renewal).status == "open"
    assert not relied(opener, date(2028, 1, 15))


def test_a_rejected_renewal_leaves_the_old_licence_as_it_was(opener):
    renewed(opener)
    make.reply(opener, "document", "lin.buyer", "reject", as_of=HANDED_IN)
    watch(opener, HANDED_IN)

    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "rejected")]
    assert relied(opener, HANDED_IN)
    with opener()() as books:
        assert make.only(books, Renewal).status == "open"


def test_whoever_handed_a_document_in_may_not_verify_it(opener):
    renewed(opener, by="lin.buyer")

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "document", "lin.buyer", as_of=HANDED_IN)


@pytest.mark.parametrize(
    ("printed", "said", "code"),
    [
        ({"holder": "青禾人才服务有限公司"}, {}, "document-names-another"),
        ({}, {"figures": {}}, "document-figure-missing"),
        ({}, {"figures": {"registered_capital": "1500000"}}, "document-figure-too-low"),
        ({}, {"valid_from": "2024-01-01", "valid_to": "2027-01-01"}, "document-expired"),
    ],
)
def test_a_renewed_licence_that_fails_its_checks_is_rejected_with_the_reason(
    opener, printed, said, code
):
    renewed(opener, paper(**printed), **said)

    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "rejected")]
    assert asked(opener) == []
    with opener()() as books:
        rejected = make.only(books, ComplianceDocument, version=2, kind="dispatch_licence")
        found = findings_of(books, rejected)
        assert code in {row.code for row in found}


def test_after_a_rejected_licence_the_right_one_may_be_handed_in(opener):
    renewed(opener, paper(holder="另一家公司"))

    renewed(opener)

    assert standing(opener, HANDED_IN) == [
        (1, "expiring"),
        (2, "superseded"),
        (3, "checked"),
    ]


def test_what_a_check_noted_is_told_to_the_person_who_verifies(opener):
    renewed(opener, paper(valid_to=date(2031, 1, 1)))

    ((_, question),) = asked(opener)
    assert "shows 2031-01-01, on such papers the last day it holds" in question


def test_a_renewed_file_no_program_can_read_goes_to_a_person_first(opener):
    renewed(opener, b"\x89PNG, a photograph")
    run(opener, "reviews", as_of=HANDED_IN)
    assert [kind for kind, _ in asked(opener)] == ["review"]

    make.reply(opener, "review", "lin.buyer", as_of=HANDED_IN)
    run(opener, "reviews", as_of=HANDED_IN)
    watch(opener, HANDED_IN)

    assert [kind for kind, _ in asked(opener)] == ["document"]
    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "checked")]


def test_a_renewed_file_that_a_person_found_wanting_is_rejected(opener):
    renewed(opener, b"\x89PNG, a photograph")
    run(opener, "reviews", as_of=HANDED_IN)
    make.reply(opener, "review", "lin.buyer", "reject", as_of=HANDED_IN)
    run(opener, "reviews", as_of=HANDED_IN)
    watch(opener, HANDED_IN)

    assert standing(opener, HANDED_IN) == [(1, "expiring"), (2, "rejected")]


def test_the_same_licence_handed_in_again_is_one_and_changes_nothing(opener):
    first = renewed(opener)
    before = counted(opener)

    assert renewed(opener) == first
    after = counted(opener)

    del before["event"], after["event"]  # That its number was compared is in the history.
    assert after == before


def test_a_newer_licence_takes_back_the_question_about_the_one_before(opener):
    renewed(opener)
    renewed(opener, paper(number="320583-LD-2028-0008"), number="320583-LD-2028-0008")

    assert standing(opener, HANDED_IN) == [
        (1, "expiring"),
        (2, "superseded"),
        (3, "checked"),
    ]
    ((_, question),) = asked(opener)
    assert "DOC-2027-000002" in question


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "dispatch_license"}, "is asked for no 'dispatch_license'; it is asked for bank"),
        ({"valid_to": "2028-01-01"}, "valid_to: must lie after valid_from"),
    ],
)
def test_a_document_that_cannot_be_entered_is_refused_in_a_sentence(opener, changes, reason):
    with pytest.raises(BadDocument, match=reason):
        renewed(opener, **changes)


def test_a_supplier_that_is_not_approved_hands_documents_in_with_its_application(opener):
    with opener()() as books:
        other = make.supplier(books, status="registered")

        with pytest.raises(BadDocument, match="hands documents in with an application"):
            hand_in(books, other.reference, str(SAID).encode(), paper())


def test_an_application_for_another_program_leaves_a_verified_licence_relied_on(opener):
    with opener()() as books:
        supplier = make.only(books, Supplier)
        newer = {"version": 2, "valid_from": date(2027, 1, 1), "valid_to": date(2030, 1, 1)}
        make.compliance_document(books, supplier, **newer)

    assert relied(opener, HANDED_IN)
    with opener()() as books:
        found = {paper.kind: paper.version for paper in current_papers(books, supplier)}
    assert found["dispatch_licence"] == 2
