"""Withheld tax is paid over to the tax office: what a return declares, by two people, once."""

import pytest

from tests import make
from tests.stages.bank_statements.told import (
    UNPROVED,
    Booked,
    answer,
    our_company,
    statement,
    take,
    unsound,
)
from tests.stages.filing.carrying import DECEMBER, accepted, filed, handed_in, one_more
from tests.stages.settlement.month import (
    balances,
    claim,
    freelance,
    paid,
    rows,
    run,
    settled,
)
from vendorops.documents import kept
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.tables import (
    BankAccount,
    Filing,
    LegalEntity,
    Payment,
    PaymentBatch,
    Refusal,
    TaxOffice,
    Withholding,
)
from vendorops.tracing import broken as does_not_add_up
from vendorops.tracing import explain

pytestmark = pytest.mark.breaks(UNPROVED)
OFFICE_ACCOUNT = "6222020200055550001"


def office(books, **changed):
    """The tax office of our company in China, with an account in use."""
    party = make.party(books, name="国家税务总局上海市税务局")
    make.bank_account(books, party, OFFICE_ACCOUNT, **changed)
    row = TaxOffice(
        id=books.key(),
        reference=books.reference("TXO"),
        legal_entity_id=make.only(books, LegalEntity).id,
        place="cn",
        party_id=party.id,
    )
    return books.enter(row)


@pytest.fixture
def declared(opener):
    """A return for November of what was kept back from one person, handed in."""
    with opener()() as books:
        our_company(books)
        claim(books, freelance(books), ("1", "3000"), rate_e4=0)
    settled(opener)
    paid(opener)
    filed(opener)
    handed_in(opener)


def paid_over(opener, as_of=DECEMBER):
    run("remittance", opener, as_of=as_of)
    run("release", opener, as_of=as_of)
    make.reply(opener, "payment_approval", "wang.approver", as_of=as_of)
    run("release", opener, as_of=as_of)
    make.reply(opener, "payment_release", "sun.releaser", as_of=as_of)
    return run("release", opener, as_of=as_of)


def tax_payments(opener):
    with opener(as_of=DECEMBER)() as books:
        assert unsound(books) == []
        return [
            (row.status, row.amount_minor)
            for row in rows(books, Payment)
            if row.filing_id is not None
        ]


@pytest.mark.usefixtures("declared")
def test_the_tax_of_a_return_is_paid_over_by_two_people_and_owed_no_more(opener):
    with opener()() as books:
        office(books)
    with opener(as_of=DECEMBER)() as books:
        owed = balances(books)["withheld-tax"]

    paid_over(opener)

    assert tax_payments(opener) == [("sent", owed)]
    with opener(as_of=DECEMBER)() as books:
        assert "withheld-tax" not in balances(books)
        assert {row.status for row in rows(books, Withholding)} == {"remitted"}
        batch = rows(books, PaymentBatch)[-1]
        assert (batch.planned_by, batch.approved_by) == ("system:remittance", "wang.approver")
        text = kept(books, batch.file_sha256).decode()
        assert OFFICE_ACCOUNT in text
        assert make.only(books, Filing).reference in text


@pytest.mark.usefixtures("declared")
def test_the_tax_of_a_return_is_never_paid_over_twice(opener):
    with opener()() as books:
        office(books)
    run("remittance", opener, as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)
    planned = tax_payments(opener)

    paid_over(opener)
    run("remittance", opener, as_of=DECEMBER)

    assert len(planned) == 1
    assert [state for state, _ in tax_payments(opener)] == ["sent"]


@pytest.mark.usefixtures("declared")
def test_without_an_office_on_file_nothing_is_planned(opener):
    run("remittance", opener, as_of=DECEMBER)

    assert tax_payments(opener) == []


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize("currency", ["CNY", "EUR"])
def test_an_office_whose_account_is_closed_or_of_another_currency_waits(opener, currency):
    with opener()() as books:
        office(books, currency=currency)
        account = rows(books, BankAccount)[-1]
        if currency == "CNY":
            books.move(account, BankAccountStatus.REVOKED, because="the office closed it")

    run("remittance", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        (why,) = [row.reason for row in rows(books, Refusal) if row.stage == "remittance"]
    assert "TXO-2026-000001 has no active account in CNY" in why
    assert tax_payments(opener) == []


@pytest.mark.usefixtures("declared")
def test_an_amendment_pays_over_only_what_the_version_before_did_not(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    paid_over(opener)

    (_, first), (_, second) = tax_payments(opener)
    with opener(as_of=DECEMBER)() as books:
        declared = rows(books, Filing)[-1]
        assert first + second == declared.total_minor
        assert second > 0
        assert "withheld-tax" not in balances(books)


@pytest.mark.usefixtures("declared")
def test_a_payment_of_a_version_that_was_amended_meanwhile_is_not_released(opener):
    with opener()() as books:
        office(books)
    run("remittance", opener, as_of=DECEMBER)
    run("release", opener, as_of=DECEMBER)
    make.reply(opener, "payment_approval", "wang.approver", as_of=DECEMBER)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    outcome = run("release", opener, as_of=DECEMBER)

    assert "is amended, and no office has it" in " ".join(why for _, why in outcome.refused)
    assert [state for state, _ in tax_payments(opener)] == ["approved"]


@pytest.mark.usefixtures("declared")
def test_tax_that_came_back_after_the_office_rejected_its_return_is_declared_anew(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    accepted(opener, "reject")
    with opener(as_of=DECEMBER)() as books:
        batch, payment = rows(books, PaymentBatch)[-1], rows(books, Payment)[-1]
        assert {row.status for row in rows(books, Withholding)} == {"remitted"}
        told = answer(batch.reference, (payment.reference, "RJCT", "AC04"))

    take(opener, told, "answer.xml", as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        assert {row.status for row in rows(books, Withholding)} == {"booked"}


@pytest.mark.usefixtures("declared")
def test_tax_that_the_bank_refused_is_owed_again_and_finance_is_asked(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    with opener(as_of=DECEMBER)() as books:
        batch, payment = rows(books, PaymentBatch)[-1], rows(books, Payment)[-1]
        told = answer(batch.reference, (payment.reference, "RJCT", "AC04"))

    take(opener, told, "answer.xml", as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)
    before = [state for _, state in _all(opener)]
    make.reply(opener, "payment_again", "zhao.finance", as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)

    assert before == ["rejected"]
    assert [state for _, state in _all(opener)] == ["rejected", "planned"]
    with opener(as_of=DECEMBER)() as books:
        assert {row.status for row in rows(books, Withholding)} == {"filed"}
        assert balances(books)["withheld-tax"] == rows(books, Payment)[-1].amount_minor


def _all(opener):
    with opener(as_of=DECEMBER)() as books:
        return [(row.reference, row.status) for row in rows(books, Payment) if row.filing_id]


@pytest.mark.usefixtures("declared")
def test_a_payment_of_tax_unfolds_to_the_return_and_everybody_it_was_kept_back_from(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)

    with opener(as_of=DECEMBER)() as books:
        tree = explain(books, rows(books, Payment)[-1].reference)

    kinds = {node.kind for node in tree.parts}
    assert not does_not_add_up(tree)
    assert {"return", "transfer"} <= kinds or {"tax return", "transfer"} <= kinds


@pytest.mark.usefixtures("declared")
def test_the_bank_tells_that_tax_was_paid_by_the_reference_of_the_return(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    with opener(as_of=DECEMBER)() as books:
        payment, filing = rows(books, Payment)[-1], make.only(books, Filing)
    amount = f"{payment.amount_minor // 100}.{payment.amount_minor % 100:02d}"

    take(opener, statement(Booked(amount, text=f"{filing.reference} tax")), as_of=DECEMBER)

    assert _all(opener)[-1][1] == "settled"
