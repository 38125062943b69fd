"""Each word passes the turn; whoever lets his day pass is noticed, and days are counted."""

from datetime import date

import pytest

from tests import make
from tests.stages.disputes.disputing import (
    BUYER,
    FINDING,
    LATER,
    SIGNER,
    answered,
    carried_on,
    company,
    opened,
    proposed,
    state,
)
from vendorops.documents import kept
from vendorops.domain.lifecycle import DisputeStatus, InvoiceStatus
from vendorops.stages import sweep
from vendorops.stages.disputes import (
    DisputeOver,
    Evidence,
    NotAgreeable,
    NotDisputable,
    NotYourDispute,
    withdraw_dispute,
)
from vendorops.stages.disputes.turns import days_of
from vendorops.stages.exceptions.listing import Wanted, page
from vendorops.tables import Dispute, DisputeEvidence, Invoice


@pytest.fixture
def claim(opener):
    return company(opener)


def turn(opener, ident, as_of=make.AS_OF):
    with opener(as_of=as_of)() as books:
        row = books.get(Dispute, ident)
        return row.clock_owner, row.due_on, days_of(books, row)


def test_a_finding_is_disputed_with_its_amount_and_the_supplier_has_the_turn(opener, claim):
    ident = opened(opener, claim)

    with opener()() as books:
        row = books.get(Dispute, ident)
        assert (row.amount_minor, row.currency, row.opened_side) == (3_900, "CNY", "buyer")
        assert row.difference_id is not None
        assert row.clock_owner == "supplier"
        assert row.due_on > make.AS_OF


def test_days_are_counted_to_whoever_had_the_turn(opener, claim):
    ident = opened(opener, claim)
    answered(opener, ident, as_of=date(2026, 11, 12))
    answered(opener, ident, who=BUYER, as_of=date(2026, 11, 15))

    owner, _, days = turn(opener, ident, as_of=date(2026, 11, 20))

    assert owner == "supplier"
    assert days == {"supplier": 8 + 5, "buyer": 3, "program": 0}
    assert state(opener, ident) == DisputeStatus.ANSWERED


def test_who_speaks_out_of_turn_leaves_the_turn_and_its_day(opener, claim):
    ident = opened(opener, claim)
    before = turn(opener, ident)

    answered(opener, ident, who=BUYER, as_of=date(2026, 11, 9))

    assert turn(opener, ident)[:2] == before[:2]
    assert state(opener, ident) == DisputeStatus.OPEN


def test_a_turn_that_runs_out_escalates_to_the_program(opener, claim):
    ident = opened(opener, claim)

    carried_on(opener, as_of=LATER)

    owner, due, _ = turn(opener, ident, as_of=LATER)
    assert (state(opener, ident), owner) == (DisputeStatus.ESCALATED, "program")
    assert due > LATER
    answered(opener, ident, who=BUYER, as_of=LATER)
    assert (state(opener, ident), turn(opener, ident)[0]) == (DisputeStatus.ANSWERED, "supplier")


def test_evidence_is_kept_by_its_hash_once_for_each_message(opener, claim):
    proof = Evidence(b"%PDF-1.7 a sheet", ".pdf")
    opened(opener, claim, evidence=(proof, proof))

    with opener()() as books:
        row = make.only(books, DisputeEvidence)
        assert kept(books, row.sha256) == proof.data


def test_the_supplier_disputes_for_itself_and_alone_takes_that_back(opener, claim):
    ident = opened(opener, claim, who=SIGNER)

    with opener(actor=BUYER)() as books, pytest.raises(NotYourDispute, match="who may withdraw"):
        withdraw_dispute(books, books.get(Dispute, ident), "we do not like it")
    with opener(actor=SIGNER)() as books:
        withdraw_dispute(books, books.get(Dispute, ident), "we miscounted")

    assert state(opener, ident) == DisputeStatus.WITHDRAWN
    with pytest.raises(DisputeOver, match="it is over"):
        answered(opener, ident)
    assert opened(opener, claim)  # What was taken back can be disputed again.


def test_another_supplier_and_strangers_have_no_say(opener, claim):
    with opener()() as books:
        make.signer(books, make.party(books, "91310000MA1FL5Y128"), "other.supplier")
        make.person(books, "nobody.here")
    for who in ("other.supplier", "nobody.here"):
        with pytest.raises(Exception, match=who):
            opened(opener, claim, who=who)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"amount": "39.01"}, "39.00 CNY is left"),
        ({"amount": "0"}, "cannot be disputed"),
        ({"reason": "price_above_term"}, "there is no such finding"),
        ({"reason": "nonsense"}, "is no reason"),
        ({"line": 9, "reason": "quality"}, "has no line 9"),
    ],
)
def test_what_cannot_be_disputed_is_refused_saying_what_can(opener, claim, said, why):
    with pytest.raises(Exception, match=why):
        opened(opener, claim, **said)


def test_no_cent_of_a_finding_is_disputed_twice(opener, claim):
    opened(opener, claim)

    with pytest.raises(NotDisputable, match="nothing is left"):
        opened(opener, claim, who=SIGNER)


def test_what_was_matched_is_disputed_once_as_a_whole_or_by_its_lines(opener, claim):
    opened(opener, claim, reason="quality", line=1, amount="1861.00")

    with pytest.raises(NotDisputable, match="nothing is left"):
        opened(opener, claim, reason="other", line=1)


@pytest.fixture
def queried(opener):
    """A claim under query for eight hours too many, and a dispute of them."""
    with opener()() as books:
        make.people(books)
        contract = make.contract(books)
        work = make.items_of(books, make.service_sheet(books, contract))[0]
        claim = make.invoice(books, contract, [make.claimed(work, "48")])
    sweep("reconciliation", opener())
    sweep("exceptions", opener())
    return claim, opened(opener, claim)


@pytest.mark.usefixtures("queried")
def test_exceptions_are_listed_with_their_dispute_and_whose_turn_it_is(opener):
    with opener()() as books:
        [row] = page(books, Wanted())
        assert (row.reason, row.dispute, row.clock_owner) == (
            FINDING,
            "DSP-2026-000001",
            "supplier",
        )


def test_nothing_is_agreed_of_a_finding_while_its_claim_is_under_query(opener, queried):
    with pytest.raises(NotAgreeable, match="is under query: finance is asked"):
        proposed(opener, queried[1])


def test_a_claim_that_is_rejected_takes_its_disputes_with_it(opener, queried):
    claim, ident = queried
    make.reply(opener, "exception", "zhao.finance", "reject")
    sweep("exceptions", opener())

    carried_on(opener)

    with opener()() as books:
        assert books.get(Invoice, claim.id).status == InvoiceStatus.REJECTED
    assert state(opener, ident) == DisputeStatus.LAPSED
