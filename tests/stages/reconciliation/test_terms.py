"""Tolerances, taxes and caps: the narrowest row of the day holds, and the seal names it."""

import json
from datetime import date

import pytest

from tests.make import (
    BY_GRADE,
    agreed_term,
    claimed,
    done,
    input_tax,
    only,
    rows_of,
    tolerance,
)
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.stages import reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import Contract, Difference, Invoice, Reconciliation, WorkItem
from vendorops.tracing import explain, written


def found(books, claim):
    """Reconcile a claim and return reason, amount and treatment of its differences."""
    reconciliation.advance(books, claim.supplier_id)
    rows = rows_of(books, Difference)
    return [(row.reason, row.amount_minor, row.treatment) for row in rows]


def chosen(books):
    """Return what the one reconciliation wrote down of the one contract's usual work."""
    [contract] = json.loads(only(books, Reconciliation).rules)["contracts"]
    return [each for each in contract["terms"] if "regular_hours" in each["of"]][-1]


def test_a_little_more_than_was_accepted_is_paid_under_a_tolerance_for_quantities(opener):
    with opener()() as books:
        tolerance(books, step="quantity", share_e6=10_000, amount_minor=1860, cite="annex 3")
        claim = enter(books, lambda works: claimed(works[0], "40.4"))

        assert found(books, claim) == [("quantity_above_accepted", 1860, "tolerated")]
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        assert chosen(books)["quantity"]["cite"] == "annex 3"
        assert faults(books, only(books, Reconciliation)) == []


def test_a_tolerance_of_a_category_holds_for_its_work_alone(opener):
    with opener()() as books:
        tolerance(books, step="quantity", share_e6=10_000, amount_minor=1860)
        tolerance(books, step="quantity", term="overtime_hours", share_e6=0)
        claim = enter(
            books,
            lambda works: claimed(works[0], "40.4"),
            lambda works: claimed(works[1], "40.4"),
            items=[done(), done(term="overtime_hours")],
        )

        treatments = [treatment for _, _, treatment in found(books, claim)]
        assert treatments == ["tolerated", "disputed"]


def test_a_tolerance_holds_from_its_first_day_of_work_on(opener):
    with opener()() as books:
        tolerance(books, amount_minor=400, valid_from=date(2026, 10, 10))
        claim = enter(
            books,
            lambda works: claimed(works[0], price="46.60"),
            lambda works: claimed(works[1], price="46.60"),
            items=[done(), done(performed_on=date(2026, 10, 10))],
        )

        treatments = [treatment for _, _, treatment in found(books, claim)]
        assert treatments == ["disputed", "tolerated"]


def test_the_tax_of_a_supplier_goes_before_that_of_the_place(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        input_tax(books)
        input_tax(books, supplier_id=claim.supplier_id, rate_e4=100, cite="small-scale payer")

        assert found(books, claim) == [("wrong_tax_rate", 186_000, "disputed")]
        assert chosen(books)["tax"] == {
            "category": "S",
            "rate_e4": 100,
            "since": "2026-01-01",
            "cite": "small-scale payer",
        }


def test_a_line_of_another_tax_category_waits_for_a_person_and_a_statement_has_none(opener):
    with opener()() as books:
        input_tax(books, category="AE", rate_e4=0)
        claim = enter(books, whole(0))
        statement = enter(books, whole(0), kind="statement")

        assert found(books, claim) == [("wrong_tax_category", 186_000, "disputed")]
        reconciliation.advance(books, statement.supplier_id)
        assert only(books, Invoice, id=statement.id).status == InvoiceStatus.ACCEPTED


@pytest.mark.parametrize(("limit", "reasons"), [(9, ["wrong_tax_amount"]), (10, [])])
def test_tax_as_printed_is_paid_within_its_tolerance(opener, limit, reasons):
    with opener()() as books:
        tolerance(books, step="tax", share_e6=10_000, amount_minor=limit)
        claim = enter(books, whole(0), tax_minor=11_150, gross_minor=197_150)

        assert [reason for reason, _, _ in found(books, claim)] == reasons


def test_claims_beyond_the_cap_wait_for_a_person_in_the_order_they_are_served(opener):
    with opener()() as books:
        claim = enter(books, whole(0), whole(1))
        books.get(Contract, claim.contract_id).cap_minor = 200_000
        books.session.flush()

        assert found(books, claim) == [("cap_exceeded", 186_000, "disputed")]
        sealed = only(books, Reconciliation)
        assert '"room_minor":200000' in sealed.rules
        assert faults(books, sealed) == []


def test_what_was_explained_and_not_settled_yet_takes_room_under_the_cap(opener):
    with opener()() as books:
        first = enter(books, whole(0))
        contract = books.get(Contract, first.contract_id)
        contract.cap_minor = 371_999
        reconciliation.advance(books, first.supplier_id)
        second = again(books, first, claimed(only(books, WorkItem, line=2)))

        assert found(books, second) == [("cap_exceeded", 186_000, "disputed")]


def test_what_lines_stray_is_paid_only_as_far_as_the_claim_may_stray_as_a_whole(opener):
    with opener()() as books:
        tolerance(books, amount_minor=400, share_e6=10_000)
        tolerance(books, step="total", amount_minor=700, share_e6=10_000, cite="annex 4")
        lines = [lambda works: claimed(works[0], price="46.60"), _second]
        claim = enter(books, *lines, items=[done(), done()])

        assert found(books, claim) == [("price_above_term", 400, "disputed")] * 2
        seen = only(books, Reconciliation)
        assert json.loads(seen.rules)["contracts"][0]["total"]["cite"] == "annex 4"
        assert faults(books, seen) == []
        reference = only(books, Invoice, id=claim.id).reference
        assert "annex 4" in "\n".join(written(explain(books, f"{reference}/1")))


def _second(works):
    return claimed(works[1], price="46.60")


def test_lines_that_stray_no_further_than_their_claim_may_are_paid(opener):
    with opener()() as books:
        tolerance(books, amount_minor=400, share_e6=10_000)
        tolerance(books, step="total", amount_minor=800, share_e6=10_000)
        lines = [lambda works: claimed(works[0], price="46.60"), _second]
        claim = enter(books, *lines, items=[done(), done()])

        assert found(books, claim) == [("price_above_term", 400, "tolerated")] * 2


def test_work_below_the_agreed_grade_is_a_finding_of_its_own_from_the_terms_first_day(opener):
    with opener()() as books:
        items = [done(grade="B"), done(grade="C"), done(), done(grade="C")]
        items[3]["performed_on"] = date(2026, 10, 4)
        claim = enter(books, *map(whole, range(len(items))), items=items)
        of = books.get(Contract, claim.contract_id)
        agreed_term(books, of, BY_GRADE, valid_from=date(2026, 10, 5))

        below = [("grade_below_agreed", 186_000, "disputed")] * 2
        assert found(books, claim) == below
        assert chosen(books)["degree"]["grades"] == ["A", "B"]
        assert faults(books, only(books, Reconciliation)) == []
        told = "\n".join(written(explain(books, f"{claim.reference}/2")))
        assert "annex 3" in told
        assert "grade given C" in told


def test_an_agreed_term_that_holds_for_another_category_changes_nothing(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        of = books.get(Contract, claim.contract_id)
        agreed_term(books, of, BY_GRADE, categories="overtime_hours")

        assert found(books, claim) == []
