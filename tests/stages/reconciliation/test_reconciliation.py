"""A supplier's month is explained to the last cent, once, and sealed by what went in and out."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select, update

from tests.make import (
    MONTH,
    claimed,
    contract,
    done,
    invoice,
    items_of,
    only,
    service_sheet,
    tolerance,
)
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import Step, reconciliation, sweep
from vendorops.stages.reconciliation.replay import faults, replay, stored_result
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Event,
    Invoice,
    Reconciliation,
    WorkItem,
)


def enter(books, *lines, items=None, **changed):
    """Enter one contract with accepted work, and an invoice of lines made from that work."""
    agreed = contract(books)
    works = items_of(books, service_sheet(books, agreed, items or [done(), done()]))
    return invoice(books, agreed, [line(works) for line in lines], **changed)


def whole(at):
    """Return a maker of a line that claims a piece of work as it was accepted."""
    return lambda works: claimed(works[at])


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


def again(books, claim, *lines, **changed):
    """Enter another invoice under the contract of a first one."""
    return invoice(books, books.get(Contract, claim.contract_id), list(lines), **changed)


def test_a_disputed_line_puts_its_invoice_under_query_and_no_other(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        other = again(books, claim, claimed())

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.ACCEPTED
        assert only(books, Invoice, id=other.id).status == InvoiceStatus.UNDER_QUERY
        assert only(books, Difference).reason == "no_such_work"
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


def test_work_claimed_in_an_earlier_version_is_a_duplicate_in_the_next(opener):
    with opener()() as books:
        first = enter(books, whole(0))
        reconciliation.advance(books, first.supplier_id)
        second = again(books, first, claimed(only(books, WorkItem, line=1)))
        books.session.expire_all()

        reconciliation.advance(books, second.supplier_id)

        assert only(books, Difference).reason == "duplicate_line"


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
        foreign = items_of(books, service_sheet(books))[0]
        again(books, claim, claimed(foreign))

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "no_such_work"


def test_a_credit_note_waits_for_a_person_and_frees_no_work(opener):
    with opener()() as books:
        claim = enter(books, whole(0), kind="credit_note")

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "credit"
        assert only(books, Invoice, id=claim.id).status == InvoiceStatus.UNDER_QUERY


def test_a_claim_whose_lines_do_not_add_up_is_disputed_as_a_whole(opener):
    with opener()() as books:
        claim = enter(books, whole(0), net_minor=180_000, gross_minor=191_160)

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Difference).reason == "document_total"


def test_running_the_stage_twice_changes_nothing_more(opener):
    with opener()() as books:
        claim = enter(books, whole(0), lambda _: claimed())
    sweep("reconciliation", opener())
    with opener()() as books:
        before = books.session.exec(select(func.count(col(Event.id)))).one()

    outcome = sweep("reconciliation", opener(), [claim.supplier_id])

    assert outcome.refused == []
    with opener()() as books:
        assert books.session.exec(select(func.count(col(Event.id)))).one() == before
        assert only(books, Reconciliation).version == 1


def test_a_late_invoice_makes_another_version_that_covers_it_alone(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        reconciliation.advance(books, claim.supplier_id)
        first = only(books, Reconciliation).model_dump()
        late = again(books, claim, claimed(only(books, WorkItem, line=2)))

        reconciliation.advance(books, claim.supplier_id)

        assert only(books, Reconciliation, version=1).model_dump() == first
        second = only(books, Reconciliation, version=2)
        assert second.status == ReconciliationStatus.SEALED
        assert only(books, Allocation, reconciliation_id=second.id).amount_minor == 186_000
        assert only(books, Invoice, id=late.id).status == InvoiceStatus.ACCEPTED


def test_other_months_and_other_suppliers_are_left_alone(opener):
    with opener()() as books:
        claim = enter(books, whole(0), month="2026-09")
        other = enter(books, whole(0))

        reconciliation.advance(books, claim.supplier_id)

        assert reconciliation.ready(books) == [other.supplier_id]
        assert not books.session.exec(select(Reconciliation)).all()


def test_a_sealed_month_gives_the_same_hashes_when_computed_again(opener):
    with opener()() as books:
        claim = enter(books, whole(0), whole(0), lambda _: claimed(work_reference="WRK 7"))
        reconciliation.advance(books, claim.supplier_id)
        again(books, claim, claimed(only(books, WorkItem, line=2)))
        reconciliation.advance(books, claim.supplier_id)

    with opener(as_of=date(2027, 3, 1))() as books:
        for version in (1, 2):
            past = only(books, Reconciliation, version=version)
            assert replay(books, past) == (past.inputs_sha256, past.result_sha256)
            assert stored_result(books, past) == past.result_sha256


def test_a_changed_input_of_a_sealed_month_is_noticed(opener):
    with opener()() as books:
        claim = enter(books, whole(0))
        reconciliation.advance(books, claim.supplier_id)
        books.session.execute(update(WorkItem).values(price_e6=46_000_000))
        books.session.expire_all()

        found = faults(books, only(books, Reconciliation))

        assert len(found) == 2
        assert "its inputs are not those it was sealed with" in found[0]


def test_the_result_is_bound_into_the_history(opener):
    with opener()() as books:
        claim = enter(books, whole(0))

        reconciliation.advance(books, claim.supplier_id)

        matched = only(books, Event, action="matched")
        assert matched.content_sha256 == only(books, Reconciliation).result_sha256


def test_a_failure_midway_leaves_the_month_as_it_was(opener):
    with opener()() as books:
        claim = enter(books, whole(0))

    with pytest.raises(IntegrityError), opener()() as books:
        reconciliation.advance(books, claim.supplier_id)
        books.session.execute(update(WorkItem).values(claimed_e4=400_001))

    with opener()() as books:
        assert reconciliation.ready(books) == [claim.supplier_id]
        assert reconciliation.advance(books, claim.supplier_id) is Step.DONE
        assert only(books, Reconciliation).month == MONTH


def test_a_block_of_keys_lies_after_every_key_before_it(opener):
    with opener()() as books:
        before = books.key()

        first = books.keys(5000)

        assert before < first
        assert books.key() >= first + 5000
