"""A person decides about what was not explained; the answer binds to exactly what was shown."""

import pytest
from sqlmodel import col, func, select

from tests.make import (
    claimed,
    contract,
    done,
    invoice,
    items_of,
    only,
    people,
    reply,
    service_sheet,
)
from vendorops.books import Question, decided, waiting
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.stages import exceptions, sweep
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import (
    Allocation,
    Contract,
    Decision,
    Invoice,
    Reconciliation,
    ServiceSheet,
    WorkItem,
)


@pytest.fixture
def disputed(opener):
    """An invoice of one line of accepted work at a price too high, explained and under query."""
    with opener()() as books:
        people(books)
        agreed = contract(books)
        works = items_of(books, service_sheet(books, agreed, [done(), done()]))
        claim = invoice(books, agreed, [claimed(works[0], price="50.00")])
    sweep("reconciliation", opener())
    return claim


def test_finance_is_asked_and_sees_the_amounts_and_the_reason(opener, disputed):
    outcome = sweep("exceptions", opener())

    assert outcome.waiting == [disputed.reference]
    with opener()() as books:
        [asked] = waiting(books)
        assert (asked.role, asked.kind) == ("finance", "exception")
        assert (asked.amount_minor, asked.currency) == (186_000, "CNY")
        assert "claims 2000.00 CNY net" in asked.question
        assert "price_above_term" in asked.question


def test_asking_twice_puts_the_question_only_once(opener, disputed):
    sweep("exceptions", opener())
    sweep("exceptions", opener(), [disputed.id])

    with opener()() as books:
        assert books.session.exec(select(func.count(col(Decision.id)))).one() == 1


def test_approved_the_matched_part_is_accepted_and_the_month_sealed(opener, disputed):
    sweep("exceptions", opener())
    reply(opener, "exception", "zhao.finance")

    sweep("exceptions", opener())

    with opener()() as books:
        claim = only(books, Invoice, id=disputed.id)
        assert claim.status == InvoiceStatus.CONDITIONALLY_ACCEPTED
        assert only(books, Reconciliation).status == ReconciliationStatus.SEALED
        assert only(books, WorkItem, line=1).claimed_e4 == 400_000


def test_rejected_the_work_may_be_claimed_again_and_history_stays(opener, disputed):
    sweep("exceptions", opener())
    reply(opener, "exception", "zhao.finance", "reject")

    sweep("exceptions", opener())

    with opener()() as books:
        assert only(books, Invoice, id=disputed.id).status == InvoiceStatus.REJECTED
        assert only(books, WorkItem, line=1).claimed_e4 == 0
        assert only(books, Allocation).quantity_e4 == 400_000
        assert only(books, Reconciliation).status == ReconciliationStatus.SEALED


def test_after_a_rejection_a_corrected_invoice_is_paid_and_both_replay(opener, disputed):
    sweep("exceptions", opener())
    reply(opener, "exception", "zhao.finance", "reject")
    sweep("exceptions", opener())
    with opener()() as books:
        work = only(books, WorkItem, line=1)
        again = invoice(books, books.get(Contract, disputed.contract_id), [claimed(work)])

    sweep("reconciliation", opener())

    with opener()() as books:
        assert only(books, Invoice, id=again.id).status == InvoiceStatus.ACCEPTED
        for sealed in books.session.exec(select(Reconciliation)).all():
            assert sealed.status == ReconciliationStatus.SEALED
            assert faults(books, sealed) == []


def test_the_month_is_sealed_only_when_the_last_claim_is_decided(opener, disputed):
    with opener()() as books:
        invoice(books, books.get(Contract, disputed.contract_id), [claimed()])
    sweep("reconciliation", opener())
    sweep("exceptions", opener(), [disputed.id])
    reply(opener, "exception", "zhao.finance")

    sweep("exceptions", opener())

    with opener()() as books:
        statuses = set(books.session.exec(select(Reconciliation.status)))
        assert statuses == {ReconciliationStatus.EXPLAINED.value}
    reply(opener, "exception", "zhao.finance", "reject")
    sweep("exceptions", opener())
    with opener()() as books:
        statuses = set(books.session.exec(select(Reconciliation.status)))
        assert statuses == {ReconciliationStatus.SEALED.value}


def test_who_accepted_the_work_may_not_decide_its_claim(opener, disputed):
    with opener()() as books:
        sheet = only(books, ServiceSheet, contract_id=disputed.contract_id)
        decided(books, Question("acceptance", sheet, {"sheet": 1}, "Accept?", "buyer"))
    reply(opener, "acceptance", "lin.buyer")

    sweep("exceptions", opener())

    with opener()() as books:
        asked = books.session.exec(select(Decision).where(col(Decision.kind) == "exception"))
        assert asked.one().not_by == "lin.buyer"


def test_nothing_happens_to_a_claim_that_is_not_under_query(opener, disputed):
    sweep("exceptions", opener())
    reply(opener, "exception", "zhao.finance")
    sweep("exceptions", opener())

    outcome = sweep("exceptions", opener(), [disputed.id])

    assert (outcome.waiting, outcome.refused) == ([], [])
    with opener()() as books:
        assert exceptions.ready(books) == []
