"""A reference that nobody knows is suggested, chosen by a person, and only then matched."""

import json

import pytest
from sqlmodel import select

from tests.make import (
    claimed,
    contract,
    done,
    grant,
    invoice,
    items_of,
    lines_of,
    only,
    people,
    person,
    reply,
    rows_of,
    service_sheet,
)
from tests.stages.reconciliation.entered import found_by_work
from vendorops.books import Question, decided, waiting
from vendorops.books.answers.exception import NotThatWork
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import sweep
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import (
    Allocation,
    Invoice,
    Reconciliation,
    ReferenceCorrection,
    ServiceSheet,
    WorkItem,
)
from vendorops.tracing import broken, explain

MONTH = "2026-10"


@pytest.fixture
def spoilt(opener):
    """A claim of two lines, of which the second spells its work with letters for digits."""
    with opener()() as books:
        people(books)
        agreed = contract(books)
        works = items_of(books, service_sheet(books, agreed, [done(), done("7.5")]))
        wrong = works[1].reference.replace("0", "O")
        lines = [claimed(works[0]), claimed(quantity="7.5", work_reference=wrong)]
        claim = invoice(books, agreed, lines)
    sweep("reconciliation", opener(month=MONTH))
    sweep("exceptions", opener())
    return claim


def confirm(opener, line="2", work="WRK-2026-000002", who="zhao.finance"):
    """Let finance say what a line means, and match the month again."""
    reply(opener, "exception", who, detail={f"work.{line}": work})
    sweep("exceptions", opener())
    sweep("reconciliation", opener(month=MONTH))


def test_nothing_is_paid_of_a_line_because_its_reference_is_likely(opener, spoilt):
    with opener()() as books:
        assert only(books, Invoice).status == InvoiceStatus.UNDER_QUERY
        assert only(books, Allocation).invoice_line_id == lines_of(books, spoilt)[0].id
        assert only(books, WorkItem, line=2).claimed_e4 == 0


@pytest.mark.usefixtures("spoilt")
def test_the_question_tells_what_the_line_may_mean_why_and_how_to_say_so(opener):
    with opener()() as books:
        [asked] = waiting(books)

    assert "line 2 names 'WRK-2O26-OOOOO2': perhaps WRK-2026-000002 (92 of 100" in asked.question
    assert "signs that print alike" in asked.question
    assert "--detail work.2=WRK-2026-000002" in asked.question


def test_a_confirmed_reference_is_matched_and_keeps_who_said_so_and_why(opener, spoilt):
    confirm(opener)

    with opener()() as books:
        assert only(books, Invoice).status == InvoiceStatus.ACCEPTED
        assert {item.claimed_e4 for item in books.session.exec(select(WorkItem))} == {
            400_000,
            75_000,
        }
        kept = only(books, ReferenceCorrection)
        assert (kept.corrected_by, kept.reason) == ("zhao.finance", "as the test wants it")
        assert lines_of(books, spoilt)[1].work_reference == "WRK-2O26-OOOOO2"
        assert found_by_work(books) == [row.id for row in rows_of(books, Allocation)]


@pytest.mark.usefixtures("spoilt")
def test_both_matches_replay_the_first_without_the_correction(opener):
    confirm(opener)

    with opener()() as books:
        matches = books.session.exec(select(Reconciliation)).all()
        assert [row.status for row in matches] == [ReconciliationStatus.SEALED] * 2
        assert [faults(books, row) for row in matches] == [[], []]


def test_explain_tells_what_was_written_what_was_meant_and_who_said_so(opener, spoilt):
    confirm(opener)

    with opener()() as books:
        node = explain(books, f"{spoilt.reference}/2")

    assert node.facts["work"] == "WRK-2O26-OOOOO2"
    assert node.facts["means"] == "WRK-2026-000002"
    assert node.facts["means_says"] == "zhao.finance: as the test wants it"
    assert broken(node) == []


def test_a_claim_still_in_dispute_after_a_correction_is_asked_about_anew(opener):
    with opener()() as books:
        people(books)
        agreed = contract(books)
        [work] = items_of(books, service_sheet(books, agreed, [done()]))
        invoice(books, agreed, [claimed(price="50.00", work_reference="2026-000001")])
    sweep("reconciliation", opener(month=MONTH))
    sweep("exceptions", opener())
    confirm(opener, "1", work.reference)

    sweep("exceptions", opener())

    with opener()() as books:
        [asked] = waiting(books)
        assert "price_above_term" in asked.question
        assert "perhaps" not in asked.question


@pytest.mark.usefixtures("spoilt")
@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ({"work.9": "WRK-2026-000002"}, "has no line '9'"),
        ({"work.1": "WRK-2026-000002"}, "line 1 is known"),
        ({"work.2": "WRK-2026-009999"}, "has no work 'WRK-2026-009999'"),
        ({"colour": "red"}, "does not ask for colour"),
    ],
)
def test_what_a_line_cannot_mean_is_refused_and_the_question_stays(opener, detail, sentence):
    with pytest.raises(NotThatWork, match=sentence):
        reply(opener, "exception", "zhao.finance", detail=detail)

    with opener()() as books:
        assert len(waiting(books)) == 1


def test_who_accepted_work_may_not_say_that_a_claim_means_it(opener, spoilt):
    with opener()() as books:
        other = service_sheet(books, contract(books, program="bpo"), [done()])
        sheet = only(books, ServiceSheet, contract_id=spoilt.contract_id)
        assert other.id != sheet.id
        person(books, "both")
        grant(books, "both", "finance")
        grant(books, "both", "buyer")
        decided(books, Question("acceptance", sheet, {"sheet": 1}, "Accept?", "buyer"))
    reply(opener, "acceptance", "both")

    with pytest.raises(NotThatWork, match="both accepted WRK-2026-000002"):
        reply(opener, "exception", "both", detail={"work.2": "WRK-2026-000002"})


@pytest.mark.usefixtures("spoilt")
def test_a_rejected_claim_means_no_work(opener):
    with pytest.raises(NotThatWork, match="a claim that is rejected means no work"):
        reply(opener, "exception", "zhao.finance", "reject", detail={"work.2": "WRK-2026-000002"})


@pytest.mark.usefixtures("spoilt")
def test_the_answer_keeps_the_chosen_work_by_line(opener):
    [answer] = reply(opener, "exception", "zhao.finance", detail={"work.2": "WRK-2026-000002"})

    assert json.loads(answer.detail) == {"work": {"2": "WRK-2026-000002"}}
