from datetime import date
from typing import Any

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import (
    ACCOUNT,
    balances,
    claim,
    company,
    freelance,
    paid,
    rows,
    run,
    settled,
    staffing,
)
from vendorops.books import Answer, answer, content_sha256, waiting
from vendorops.books.questions import NotAllowed
from vendorops.documents.statements import payment_statement
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.tables import (
    BankAccount,
    Decision,
    Effect,
    Invoice,
    LegalEntity,
    Payment,
    PaymentBatch,
    Settlement,
)

NEXT_DAY = date(2026, 11, 5)


@pytest.fixture
def planned(opener):
    """A batch of two payments, planned and waiting for approval."""
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, freelance(books), ("1", "2000"), rate_e4=0)
    settled(opener)
    run("payment", opener)
    run("release", opener)


@pytest.fixture
def approved(opener, planned):
    """The batch, approved and waiting for its release."""
    del planned
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)


def revoke_a_payee(opener) -> None:
    with opener()() as books:
        ours = {row.party_id for row in rows(books, LegalEntity)}
        payee = next(row for row in rows(books, BankAccount) if row.party_id not in ours)
        books.move(payee, BankAccountStatus.REVOKED, because="the payee reported a fraud")


@pytest.mark.usefixtures("approved")
def test_a_released_batch_pays_invoices_and_empties_the_payable_accounts(opener):
    make.reply(opener, "payment_release", "sun.releaser")

    run("release", opener)

    with opener()() as books:
        batch = make.only(books, PaymentBatch)
        people = (batch.planned_by, batch.approved_by, batch.released_by)
        assert people == ("system:payment", "wang.approver", "sun.releaser")
        assert [row.status for row in rows(books, Payment)] == ["sent"] * 2
        assert [row.status for row in rows(books, Invoice)] == ["paid"] * 2
        assert make.only(books, Effect).sha256 == batch.file_sha256
        assert balances(books) == {
            "expense": 186_000 + 200_000,
            "input-tax": 11_160,
            "withheld-tax": 24_000,
            "bank-clearing": 186_000 + 11_160 + 200_000 - 24_000,
        }
        assert broken(books) == []


@pytest.mark.usefixtures("approved")
def test_running_the_release_again_sends_and_books_nothing_more(opener):
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)
    with opener()() as books:
        before = balances(books)

    outcome = run("release", opener)

    assert (outcome.advanced, outcome.refused) == ([], [])
    with opener()() as books:
        assert (balances(books), len(rows(books, Effect))) == (before, 1)


@pytest.mark.usefixtures("approved")
def test_the_approver_of_a_batch_may_not_release_it(opener):
    with opener()() as books:
        make.grant(books, "wang.approver", "releaser")

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "payment_release", "wang.approver")


@pytest.mark.usefixtures("planned")
def test_a_batch_above_the_limit_of_an_approver_needs_another_one(opener):
    with opener()() as books:
        make.person(books, "small.approver")
        make.grant(books, "small.approver", "approver", limit_minor=1_000, currency="CNY")

    with pytest.raises(NotAllowed, match="above the limit"):
        make.reply(opener, "payment_approval", "small.approver")


@pytest.mark.usefixtures("planned")
def test_a_rejected_batch_is_cancelled_and_planned_anew_on_a_later_day(opener):
    make.reply(opener, "payment_approval", "wang.approver", "reject")
    run("release", opener)

    run("payment", opener)
    with opener()() as books:
        same_day = [row.status for row in rows(books, PaymentBatch)]
    run("payment", opener, as_of=NEXT_DAY)

    assert same_day == ["cancelled"]
    with opener(as_of=NEXT_DAY)() as books:
        assert [row.status for row in rows(books, PaymentBatch)] == ["cancelled", "planned"]
        assert len(rows(books, Payment)) == 4
        assert broken(books) == []


@pytest.mark.usefixtures("approved")
def test_a_batch_is_held_when_an_account_is_revoked_before_its_release(opener):
    make.reply(opener, "payment_release", "sun.releaser")
    revoke_a_payee(opener)

    outcomes = [run("release", opener) for _ in range(2)]

    for outcome in outcomes:
        assert "is revoked; put that right, or cancel the batch" in outcome.refused[0][1]
    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "approved"
        assert rows(books, Effect) == []
        assert [row.kind for row in waiting(books)] == ["payment_hold"]


@pytest.mark.usefixtures("approved")
def test_a_held_batch_that_is_cancelled_leaves_the_other_payees_payable(opener):
    revoke_a_payee(opener)
    run("release", opener)
    make.reply(opener, "payment_hold", "zhao.finance")
    run("release", opener)

    outcome = run("payment", opener, as_of=NEXT_DAY)

    assert "has no active account" in outcome.refused[0][1]
    with opener(as_of=NEXT_DAY)() as books:
        again = [row for row in rows(books, PaymentBatch) if row.status == "planned"]
        assert [row.count for row in again] == [1]
        assert waiting(books) == []
        assert broken(books) == []


@pytest.mark.usefixtures("approved")
@pytest.mark.breaks("F7", "M14")
def test_a_batch_is_held_when_a_settlement_is_not_what_was_approved(opener):
    with opener()() as books:
        rows(books, Settlement)[0].content_sha256 = "0" * 64
    make.reply(opener, "payment_release", "sun.releaser")

    outcome = run("release", opener)

    assert "SET-2026-000001 is no longer what was approved" in outcome.refused[0][1]


@pytest.mark.usefixtures("approved")
@pytest.mark.breaks("F4")
def test_a_batch_whose_file_was_damaged_on_disk_is_not_released(opener, settings):
    make.reply(opener, "payment_release", "sun.releaser")
    [path] = [p for p in settings.documents.rglob("*.xml") if b"CstmrCdtTrf" in p.read_bytes()]
    path.write_bytes(path.read_bytes().replace(b"PAY-", b"BAD-"))

    outcome = run("release", opener)

    assert "changed or damaged" in outcome.refused[0][1]


@pytest.mark.usefixtures("planned")
def test_the_approval_shows_every_payee_with_a_masked_account_only(opener):
    with opener()() as books:
        batch = make.only(books, PaymentBatch)
        shown = payment_statement(books, batch)
        asked = make.only(books, Decision, kind="payment_approval")

        assert asked.content_sha256 == content_sha256(shown)
        payments: Any = shown["payments"]
        assert ACCOUNT not in repr(shown)
        assert [(p["payee"], p["account"][-4:], p["amount_minor"]) for p in payments] == [
            ("SUP-2026-000001", "5678", 197_160),
            ("SUP-2026-000002", "5678", 176_000),
        ]


def test_a_partly_accepted_invoice_is_part_paid(opener):
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"), status="conditionally_accepted")
    settled(opener)

    paid(opener)

    with opener()() as books:
        assert make.only(books, Invoice).status == "part_paid"
        assert broken(books) == []


@pytest.mark.usefixtures("planned")
def test_a_person_without_the_role_may_not_approve_a_batch(opener):
    with opener()() as books:
        [asked] = waiting(books)

    with opener(actor="lin.buyer")() as books, pytest.raises(NotAllowed, match="role"):
        answer(books, Answer(asked.reference, "approve", "let me"))
