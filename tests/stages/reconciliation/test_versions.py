"""A month is explained once; late claims make another version, and a sealed one replays."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select, update

from tests.make import (
    MONTH,
    claimed,
    only,
)
from tests.stages.reconciliation.entered import again, enter, whole
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import Step, reconciliation, sweep
from vendorops.stages.reconciliation.replay import faults, replay, stored_result
from vendorops.tables import (
    Allocation,
    Difference,
    Event,
    Invoice,
    Reconciliation,
    WorkItem,
)


def test_work_claimed_in_an_earlier_version_is_a_duplicate_in_the_next(opener):
    with opener()() as books:
        first = enter(books, whole(0))
        reconciliation.advance(books, first.supplier_id)
        second = again(books, first, claimed(only(books, WorkItem, line=1)))
        books.session.expire_all()

        reconciliation.advance(books, second.supplier_id)

        assert only(books, Difference).reason == "duplicate_line"


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


@pytest.mark.breaks("F6")
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
