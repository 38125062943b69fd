"""Payees confirm or dispute what they are paid, and a dispute keeps it unpaid."""

from datetime import timedelta

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, paid, rows, run, settled, staffing
from vendorops.books import Answer, answer
from vendorops.books.questions import NotAllowed
from vendorops.documents.notices import settlement_paper, statement_data, statement_json
from vendorops.paying.confirming import AGREEMENT
from vendorops.stages.confirmations import NotDisputable, speak_up
from vendorops.stages.onboarding.confirmations import ConfirmationForm, load_confirmation
from vendorops.tables import (
    Decision,
    Event,
    Party,
    Payment,
    PaymentBatch,
    Refusal,
    Settlement,
    SettlementConfirmation,
    Supplier,
)

LATER = make.AS_OF + timedelta(days=6)
PAYEE = "he.hengxin"


@pytest.fixture
def month(opener):
    """Return `month(confirmation, silence)`: one settled supplier under a policy."""

    def begun(confirmation="", silence="waits"):
        with opener()() as books:
            company(books)
            contract = staffing(books)
            supplier = books.get(Supplier, contract.supplier_id)
            make.signer(books, books.get(Party, supplier.party_id), PAYEE)
            claim(books, contract, ("40", "46.50"))
            if confirmation:
                load_confirmation(books, policy(confirmation, silence))
        settled(opener)
        run("confirmations", opener)

    return begun


def policy(confirmation="required", silence="waits", **changed):
    told = {"valid_from": "2026-01-01", "cite": "Payment policy 3.1", **changed}
    return ConfirmationForm(confirmation=confirmation, silence=silence, **told)


def says(opener, word, kind="settlement_statement", who=PAYEE, as_of=make.AS_OF):
    make.reply(opener, kind, who, word, as_of=as_of)
    run("confirmations", opener, as_of)


def status(opener):
    with opener()() as books:
        return make.only(books, SettlementConfirmation).status


def payments(opener):
    with opener()() as books:
        return [row.status for row in rows(books, Payment)]


def refusals(opener):
    with opener()() as books:
        return " ".join(row.reason for row in rows(books, Refusal) if row.resolved_on is None)


def test_without_a_policy_nobody_is_asked_and_money_goes(opener, month):
    month()

    paid(opener)

    with opener()() as books:
        assert rows(books, SettlementConfirmation) == []
    assert payments(opener) == ["sent"]


def test_a_required_confirmation_keeps_money_back_until_the_payee_agrees(opener, month):
    month("required")
    run("payment", opener)
    before, why = payments(opener), refusals(opener)

    says(opener, "approve")
    paid(opener)

    assert before == []
    assert "has not confirmed the statement of SET-2026-000001 (CFM-2026-000001)" in why
    assert (status(opener), payments(opener)) == ("confirmed", ["sent"])
    with opener()() as books:
        assert broken(books) == []


def test_where_payees_are_only_asked_money_goes_without_their_word(opener, month):
    month("asked")

    paid(opener)

    assert (status(opener), payments(opener)) == ("lapsed", ["sent"])
    with opener()() as books:
        assert [row.status for row in rows(books, Decision) if row.role == "supplier"] == ["void"]


@pytest.mark.parametrize("confirmation", ["asked", "required"])
def test_a_disputed_statement_is_not_paid_before_a_person_decided(opener, month, confirmation):
    month(confirmation)
    says(opener, "reject")
    run("payment", opener)
    before, why = payments(opener), refusals(opener)

    says(opener, "approve", "settlement_dispute", "zhao.finance")
    paid(opener)

    assert before == []
    assert "disputes the statement of SET-2026-000001" in why
    assert (status(opener), payments(opener)) == ("overruled", ["sent"])
    with opener()() as books:
        assert broken(books) == []


def test_who_is_kept_unpaid_is_asked_again_and_silence_says_nothing_then(opener, month):
    month("asked", "agrees")
    says(opener, "reject")
    says(opener, "reject", "settlement_dispute", "zhao.finance")
    run("confirmations", opener, LATER + timedelta(days=30))
    run("payment", opener)
    waiting = status(opener), payments(opener)

    says(opener, "approve")
    paid(opener)

    assert waiting == ("shown", [])
    with opener()() as books:
        assert make.only(books, SettlementConfirmation).round == 2
        asked = [row.question for row in make.rows_of(books, Decision) if row.kind == AGREEMENT]
        assert [each.partition("It is shown again, ")[2] for each in asked] == ["", "round 2."]
    assert (status(opener), payments(opener)) == ("confirmed", ["sent"])


def test_silence_agrees_only_after_the_last_day_and_only_where_the_policy_says_so(opener, month):
    month("required", "agrees")
    run("confirmations", opener, LATER - timedelta(days=1))
    on_the_last_day = status(opener)

    run("confirmations", opener, LATER)

    assert on_the_last_day == "shown"
    assert status(opener) == "agreed_by_silence"
    with opener(as_of=LATER)() as books:
        assert all(row.status != "asked" for row in rows(books, Decision))
        assert broken(books) == []


def test_a_dispute_stops_a_batch_that_was_approved_already(opener, month):
    month("asked")
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    says(opener, "reject")
    make.reply(opener, "payment_release", "sun.releaser")

    outcome = run("release", opener)

    (_, why), *_ = outcome.refused
    assert "the payee disputes the statement of SET-2026-000001" in why
    with opener()() as books:
        assert make.only(books, PaymentBatch).status == "approved"


def test_a_dispute_that_no_run_has_taken_up_yet_stops_the_money_already(opener, month):
    month("asked")
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    make.reply(opener, "settlement_statement", PAYEE, "reject")

    outcome = run("release", opener)

    assert "the payee disputes" in " ".join(why for _, why in outcome.refused)
    assert payments(opener) == ["approved"]


def test_a_payee_that_was_not_asked_may_still_dispute(opener, month):
    month()
    with opener(actor="system:confirmations")() as books:
        asked = speak_up(books, make.only(books, Settlement))
    with opener(actor=PAYEE)() as books:
        answer(books, Answer(asked, "reject", "line 1 lacks eight hours"))
    run("confirmations", opener)

    run("payment", opener)

    assert (status(opener), payments(opener)) == ("disputed", [])
    with opener()() as books:
        told = [row for row in rows(books, Event) if row.subject_table == "settlementconfirmation"]
        assert [row.after for row in told] == ["shown", "disputed"]
        assert f"reject by {PAYEE}" in told[-1].reason


def test_nobody_but_the_payee_confirms_and_who_approved_does_not_overrule(opener, month):
    month("asked")
    with opener(actor="system:confirmations")() as books:
        asked = speak_up(books, make.only(books, Settlement))
    with opener(actor="zhao.finance")() as books, pytest.raises(NotAllowed, match="must belong"):
        answer(books, Answer(asked, "approve", "it will be right"))
    with opener()() as books:
        make.grant(books, "wang.approver", "finance")
    says(opener, "reject")
    with opener()() as books:
        dispute = make.only(books, Decision, kind="settlement_dispute").reference

    with opener(actor="wang.approver")() as books, pytest.raises(NotAllowed, match="took part"):
        answer(books, Answer(dispute, "approve", "it is right"))


def test_what_is_paid_answered_or_not_sealed_cannot_be_disputed(opener, month):
    month()
    paid(opener)
    with opener()() as books, pytest.raises(NotDisputable, match="is paid by PAY-2026-000001"):
        speak_up(books, make.only(books, Settlement))


def test_the_statement_is_the_same_as_paper_and_as_data_whenever_it_is_written(opener, month):
    month("asked")
    written = []
    for _ in range(2):
        with opener()() as books:
            row = make.only(books, Settlement)
            data = statement_data(books, row)
            written.append((statement_json(books, row), settlement_paper(books, row).sha256))

    assert written[0] == written[1]
    assert (data["gross"], data["deducted"], data["withheld"]) == ("1971.60", "0.00", "0.00")
    assert data["net"] == "1971.60"
    assert data["approved_sha256"] == row.content_sha256
