"""A supplier's month is explained to the last cent, each line for one reason or none."""

from datetime import date

import pytest
from sqlmodel import col, func, select

from tests.make import (
    claimed,
    contract,
    items_of,
    only,
    service_sheet,
    tolerance,
)
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import Step, reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import (
    Allocation,
    Difference,
    Invoice,
    Reconciliation,
    Supplier,
    WorkItem,
)


def test_a_clean_month_is_accepted_and_sealed_at_once(opener):
    with opener()() as books:
        claim = enter(books, whole(0), whole(1))
        assert reconciliation.ready(books) == [claim.supplier_id]

        step = reconciliation.advance(books, claim.supplier_id)

        assert step is Step.DONE
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        sealed = only(books, Reconciliation)
        assert sealed.status == ReconciliationStatus.SEALED
        assert books.session.exec(select(func.sum(Allocation.amount_minor))).one() == 372_000
        assert not books.session.exec(select(Difference)).all()


def test_the_work_that_was_claimed_is_used_up(opener):
    with opener()() as books:
        claim = enter(books, whole(0))

        reconciliation.advance(books, claim.supplier_id)

        books.session.expire_all()
        taken = books.session.exec(select(WorkItem.claimed_e4).order_by(col(WorkItem.line))).all()
        assert taken == [400_000, 0]


def test_a_disputed_line_puts_its_invoice_under_query_and_no_other(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        other = again(books, claim, claimed())

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        assert only(books, Invoice, id=other.id).status == InvoiceStatus.UNDER_QUERY
        assert only(books, Difference).reason == "no_reference"
        assert only(books, Reconciliation).status == ReconciliationStatus.EXPLAINED


def test_of_two_claims_for_the_same_work_the_earlier_one_is_served(opener):
    with opener()() as books:
        late = enter(books, whole(0), issue_date=date(2026, 10, 31))
        work = only(books, WorkItem, line=1)
        early = again(books, late, claimed(work), issue_date=date(2026, 10, 30))

        reconciliation.advance(books, late.supplier_id)

        assert only(books, Invoice, id=early.id).status == InvoiceStatus.ACCEPTED
        assert only(books, Invoice, id=late.id).status == InvoiceStatus.UNDER_QUERY
        assert only(books, Difference).reason == "duplicate_line"


def test_what_one_line_leaves_of_the_work_is_there_for_the_next(opener):
    with opener()() as books:
        claim = enter(
            books,
            lambda works: claimed(works[0], "30"),
            lambda works: claimed(works[0], "30"),
        )

        reconciliation.advance(books, claim.supplier_id)

        query = select(Allocation.quantity_e4).order_by(col(Allocation.id))
        assert books.session.exec(query).all() == [300_000, 100_000]
        excess = only(books, Difference)
        assert (excess.reason, excess.amount_minor) == ("quantity_above_accepted", 93_000)


def test_a_tolerance_of_the_supplier_goes_before_the_general_one(opener):
    with opener()() as books:
        claim = enter(books, lambda works: claimed(works[0], price="46.60"))
        tolerance(books, share_e6=0)
        tolerance(books, supplier_id=claim.supplier_id, amount_minor=400)

        reconciliation.advance(books, claim.supplier_id)

        found = only(books, Difference)
        assert (found.reason, found.amount_minor) == ("price_above_term", 400)
        assert found.treatment == "tolerated"
        assert '"amount_minor":400' in only(books, Reconciliation).rules
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED


def test_a_tolerance_that_starts_after_the_month_does_not_hold(opener):
    with opener()() as books:
        claim = enter(books, lambda works: claimed(works[0], price="46.60"))
        tolerance(books, amount_minor=400, valid_from=date(2026, 11, 1))

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).treatment == "disputed"


def test_work_of_another_contract_is_no_work_of_this_one(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        other = contract(books, books.get(Supplier, claim.supplier_id), program="bpo")
        foreign = items_of(books, service_sheet(books, other))[0]
        again(books, claim, claimed(foreign))

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "no_such_work"


def test_a_supplier_is_not_told_that_another_one_has_work_of_a_reference(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        foreign = items_of(books, service_sheet(books))[0]
        again(books, claim, claimed(work_reference=foreign.reference))

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "reference_unknown"


def test_a_credit_note_is_accepted_as_it_takes_money_back_and_frees_no_work(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        work = only(books, WorkItem, line=1)
        note = again(books, claim, claimed(work, "-10"), kind="credit_note")

        reconciliation.advance(books, claim.supplier_id)

        found = only(books, Difference)
        assert (found.reason, found.amount_minor) == ("credit", -46_500)
        assert found.treatment == "tolerated"
        assert only(books, Invoice, id=note.id).status == InvoiceStatus.ACCEPTED
        books.session.expire_all()
        assert work.claimed_e4 == 400_000
        sealed = only(books, Reconciliation)
        assert sealed.status == ReconciliationStatus.SEALED
        assert faults(books, sealed) == []


@pytest.mark.parametrize(("kind", "quantity"), [("credit_note", "40"), ("invoice", "-40")])
def test_a_line_whose_sign_is_not_that_of_its_claim_waits_for_a_person(opener, kind, quantity):
    with opener()() as books:
        claim = enter(books, lambda works: claimed(works[0], quantity), kind=kind)

        reconciliation.advance(books, claim.supplier_id)

        found = only(books, Difference)
        assert (found.reason, found.treatment) == ("credit", "disputed")
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.UNDER_QUERY


def test_a_claim_whose_lines_do_not_add_up_is_disputed_as_a_whole(opener):
    with opener()() as books:
        claim = enter(books, whole(0), net_minor=180_000, gross_minor=191_160)

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "document_total"


def test_other_months_and_other_suppliers_are_left_alone(opener):
    with opener()() as books:
        claim = enter(books, whole(0), month="2026-09")
        other = enter(books, whole(0))

        reconciliation.advance(books, claim.supplier_id)

        assert reconciliation.ready(books) == [other.supplier_id]
        assert not books.session.exec(select(Reconciliation)).all()
