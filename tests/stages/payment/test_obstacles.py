from datetime import date, timedelta

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    claim,
    company,
    freelance,
    paid,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.books.reviewing import Doubt, doubt
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.tables import (
    ComplianceDocument,
    Decision,
    Effect,
    Party,
    Payment,
    PaymentBatch,
    Review,
    Supplier,
)

EXECUTION = date(2026, 11, 5)
AFTER = date(2026, 11, 6)
MONTH_END = date(2026, 11, 30)


@pytest.fixture
def sealed(opener):
    """What a person and a company are owed, settled on the usual day."""
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, freelance(books), ("1", "2000"), rate_e4=0)
    settled(opener)


@pytest.fixture
def approved(opener, sealed):
    """A batch of both, approved and to be executed on the day after the usual one."""
    del sealed
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)


def consent(books) -> ComplianceDocument:
    return make.only(books, ComplianceDocument, kind="withholding_consent")


@pytest.mark.usefixtures("approved")
def test_a_batch_may_be_released_on_its_execution_day_itself(opener):
    make.reply(opener, "payment_release", "sun.releaser", as_of=EXECUTION)

    run("release", opener, as_of=EXECUTION)

    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "released"


@pytest.mark.usefixtures("approved")
def test_a_batch_whose_execution_day_has_passed_is_held_until_cancelled(opener):
    make.reply(opener, "payment_release", "sun.releaser")

    held = run("release", opener, as_of=AFTER)
    make.reply(opener, "payment_hold", "zhao.finance", as_of=AFTER)
    run("release", opener, as_of=AFTER)
    run("payment", opener, as_of=AFTER)

    assert "its execution day, 2026-11-05, has passed" in held.refused[0][1]
    with opener(as_of=AFTER)() as books:
        found = [(row.status, row.execution_day) for row in rows(books, PaymentBatch)]
        assert found == [("cancelled", EXECUTION), ("planned", date(2026, 11, 9))]
        assert rows(books, Effect) == []
        assert broken(books) == []


@pytest.mark.usefixtures("approved")
@pytest.mark.breaks("F2", "S17")
def test_a_batch_is_held_when_its_day_is_in_another_month_than_its_tax(opener):
    with opener()() as books:
        make.only(books, PaymentBatch).execution_day = date(2026, 12, 1)
    run("release", opener)

    outcome = run("release", opener)

    told = "SET-2026-000002 keeps back the tax of 2026-11 and would be paid on 2026-12-01"
    assert told in outcome.refused[0][1]
    with opener()() as books:
        assert "payment_hold" in [row.kind for row in waiting(books)]
        assert rows(books, Effect) == []


@pytest.mark.usefixtures("sealed")
def test_what_was_taxed_for_one_month_is_not_planned_to_be_paid_in_another(opener):
    outcome = run("payment", opener, as_of=MONTH_END, month=make.MONTH)

    [(_, reason)] = outcome.refused
    assert reason.startswith("SET-2026-000002 waits: it keeps back the tax of 2026-11")
    with opener()() as books:
        assert [row.amount_minor for row in rows(books, Payment)] == [197_160]


@pytest.mark.parametrize(
    "lacking",
    [
        {"status": ComplianceDocumentStatus.RECEIVED},
        {"status": ComplianceDocumentStatus.REJECTED},
        {"valid_to": EXECUTION},
        {"valid_from": AFTER},
        {"kind": "identity_proof"},
    ],
)
def test_who_lacks_a_paper_that_payment_needs_is_not_paid_but_others_are(opener, lacking):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, freelance(books, consent=lacking), ("1", "2000"), rate_e4=0)
    settled(opener)

    outcome = run("payment", opener)

    [(_, reason)] = outcome.refused
    assert "waits: SUP-2026-000002 holds no verified withholding_consent" in reason
    assert "valid on 2026-11-05; ask for it" in reason
    with opener()() as books:
        assert [row.amount_minor for row in rows(books, Payment)] == [197_160]


@pytest.mark.usefixtures("approved")
def test_a_batch_is_held_when_a_paper_that_payment_needs_was_replaced_meanwhile(opener):
    make.reply(opener, "payment_release", "sun.releaser")
    with opener()() as books:
        books.move(consent(books), ComplianceDocumentStatus.SUPERSEDED, because="a newer one came")

    outcome = [run("release", opener) for _ in range(2)][1]

    assert "holds no verified withholding_consent" in outcome.refused[0][1]
    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "approved"


def test_an_expired_licence_for_the_award_never_stops_money_already_owed(opener):
    with opener()() as books:
        company(books)
        contract = staffing(books)
        make.compliance_document(
            books,
            make.only(books, Supplier, id=contract.supplier_id),
            kind="dispatch_licence",
            valid_to=make.AS_OF - timedelta(days=1),
            status=ComplianceDocumentStatus.VERIFIED,
        )
        claim(books, contract, ("40", "46.50"))
    settled(opener)

    paid(opener)

    with opener()() as books:
        assert [row.status for row in rows(books, Payment)] == ["sent"]


@pytest.mark.usefixtures("sealed")
def test_who_approved_a_settlement_may_not_release_its_payment(opener):
    with opener()() as books:
        make.grant(books, "wang.approver", "releaser")
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "chen.approver")
    run("release", opener)

    with opener()() as books:
        asked = make.only(books, Decision, kind="payment_release")
        assert asked.not_by == "system:payment chen.approver wang.approver"
    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "payment_release", "wang.approver")


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize(
    ("status", "told"), [("open", "nobody has decided"), ("confirmed", "was found true")]
)
def test_nothing_is_released_while_a_screening_hit_stands_against_a_payee(opener, status, told):
    with opener()() as books:
        hit = screening_hit(books)
        if status != "open":
            make.reach(books, hit, status)
    run("release", opener)

    outcome = run("release", opener)

    assert f"the screening hit {hit.reference} {told}" in outcome.refused[0][1]
    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "approved"
        assert rows(books, Effect) == []


@pytest.mark.usefixtures("approved")
def test_a_screening_hit_that_was_cleared_stands_in_nobodys_way(opener):
    with opener()() as books:
        make.reach(books, screening_hit(books), "cleared")
    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)

    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "released"


def screening_hit(books) -> Review:
    supplier = rows(books, Supplier)[0]
    party = books.get(Party, supplier.party_id)
    return doubt(books, Doubt("screening", party, party.id, "Another?", {"entry": "W-1"}))
