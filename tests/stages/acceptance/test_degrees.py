"""Two, three or four sides: work that needs no acceptance, and work that is accepted by grade."""

from datetime import date

import pytest

from tests import make
from tests.stages.adjustments.agreed import agency, agree, worked
from vendorops.books import waiting
from vendorops.domain.measure import quantity_text
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import Contract, Decision, Difference, Invoice, ServiceSheet, WorkItem

DAY = date(2026, 10, 12)
TWO = "kind: matching, acceptance: not_required, valid_from: 2026-10-01"
FOUR = (
    "kind: matching, acceptance: required, grades: [A, B, C], least_grade: B, "
    "valid_from: 2026-10-01"
)


@pytest.fixture(autouse=True)
def _contract(opener):
    with opener(as_of=date(2026, 9, 1))() as books:
        agency(books)


def reported(opener, *hours, **changed):
    with opener(as_of=DAY)() as books:
        worked(books, "2026-10", *hours, status="submitted", **changed)
    sweep("acceptance", opener(as_of=DAY))


def claim_all(opener):
    with opener()() as books:
        works = make.rows_of(books, WorkItem)
        lines = [make.claimed(work, quantity_text(work.quantity_e4), "10.00") for work in works]
        make.invoice(books, make.only(books, Contract), lines)
    sweep("reconciliation", opener())
    with opener()() as books:
        found = [(row.reason, row.amount_minor) for row in make.rows_of(books, Difference)]
        return make.only(books, Invoice).status, found


def test_without_acceptance_a_claim_is_matched_with_what_was_agreed_and_reported(opener):
    agree(opener, TWO, as_of=date(2026, 9, 2))

    reported(opener, "40")

    with opener(as_of=DAY)() as books:
        sheet = make.only(books, ServiceSheet)
        assert sheet.status == "accepted"
        assert not books.session.get(Decision, sheet.id)
        assert [row.kind for row in waiting(books)] == []
    assert claim_all(opener) == ("accepted", [])


def test_a_sheet_of_which_some_work_needs_acceptance_is_put_before_a_buyer(opener):
    agree(opener, f"{TWO}, categories: [overtime_hours]", as_of=date(2026, 9, 2))

    reported(opener, "8", term="overtime_hours")
    reported(opener, "40")

    with opener(as_of=DAY)() as books:
        assert [row.status for row in make.rows_of(books, ServiceSheet)] == [
            *("accepted", "submitted")
        ]
        assert [row.kind for row in waiting(books)] == ["acceptance"]


def test_work_is_accepted_by_any_grade_of_the_scale_and_paid_by_those_agreed(opener):
    agree(opener, FOUR, as_of=date(2026, 9, 2))
    reported(opener, "40", "30")
    with opener(as_of=DAY)() as books:
        first, second = (row.reference for row in make.rows_of(books, WorkItem))

    make.reply(
        *(opener, "acceptance", "lin.buyer"),
        detail={"grade": {first: "B", second: "C"}},
        as_of=DAY,
    )
    sweep("acceptance", opener(as_of=DAY))

    assert claim_all(opener) == ("under_query", [("grade_below_agreed", 30_000)])


def test_an_acceptance_without_the_agreed_grade_is_asked_again(opener):
    agree(opener, FOUR, as_of=date(2026, 9, 2))
    reported(opener, "40")

    make.reply(opener, "acceptance", "lin.buyer", as_of=DAY)
    sweep("acceptance", opener(as_of=DAY))

    with opener(as_of=DAY)() as books:
        assert make.only(books, ServiceSheet).status == "submitted"
        (asked,) = waiting(books)
        assert "is accepted by grade" in asked.question


CONTRADICTIONS = {
    "a grade is given at acceptance": "acceptance: not_required, grades: [A], least_grade: A",
    "give both the grades": "acceptance: required, grades: [A]",
    "least_grade is one of A": "acceptance: required, grades: [A], least_grade: B",
    "each once": "acceptance: required, grades: [A, A], least_grade: A",
    "a matching needs acceptance": "grades: [A], least_grade: A",
}


@pytest.mark.parametrize(("sentence", "said"), CONTRADICTIONS.items(), ids=CONTRADICTIONS)
def test_a_degree_that_contradicts_itself_is_refused(opener, sentence, said):
    with pytest.raises(Refused, match=sentence):
        agree(opener, f"kind: matching, {said}, valid_from: 2026-10-01")
