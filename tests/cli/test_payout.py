"""One payee is paid out at once: through every stage of the month, by the people of the month."""

import json
from decimal import Decimal

import pytest

from tests import make
from tests.cli.conftest import find
from tests.stages.settlement.month import claim, company, credit, staffing
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.stages.onboarding.confirmations import ConfirmationForm, load_confirmation
from vendorops.tables import BankAccount, Party, Payment, PaymentBatch, Supplier

DAY = make.AS_OF.isoformat()


@pytest.fixture
def two(opener, settings, monkeypatch):
    """Two suppliers whose claims of the month are matched, and nothing is settled yet."""
    find(monkeypatch, settings)
    with opener()() as books:
        company(books)
        for number in ("6222020200012345678", "6222020200012345999"):
            claim(books, staffing(books, number), ("40", "46.50"))


@pytest.fixture
def payout(run):
    """Return `payout(reference)`: how the command ended, and what it told."""

    def ran(reference):
        told = run("payout", reference, "--as-of", DAY, "--json")
        return told, [json.loads(line) for line in told.out.splitlines()]

    return ran


def says(opener, kind, who):
    make.reply(opener, kind, who)


@pytest.mark.usefixtures("two")
def test_one_payee_is_paid_on_the_next_working_day_and_the_other_is_left_alone(opener, payout):
    _, (asked,) = payout("SUP-2026-000001")
    says(opener, "settlement", "wang.approver")
    _, (planned,) = payout("SUP-2026-000001")
    says(opener, "payment_approval", "chen.approver")
    payout("SUP-2026-000001")
    says(opener, "payment_release", "sun.releaser")

    ran, (told,) = payout("SUP-2026-000001")

    assert ran.code == 0, ran.err
    assert asked["waits_for"] == "approver"
    assert (planned["batch_status"], planned["execution_day"]) == ("planned", "2026-11-05")
    assert (told["batch_status"], told["net"]) == ("released", "1971.60")
    assert "BAT-2026-000001" in told["file"]
    with opener()() as books:
        assert [row.status for row in make.rows_of(books, Payment)] == ["sent"]


@pytest.mark.usefixtures("two")
def test_paying_out_again_plans_nothing_twice(opener, payout):
    payout("SUP-2026-000001")
    says(opener, "settlement", "wang.approver")

    for _ in range(3):
        payout("SET-2026-000001")

    with opener()() as books:
        assert len(make.rows_of(books, PaymentBatch)) == 1


@pytest.mark.usefixtures("two")
def test_a_payee_that_must_confirm_first_is_asked_and_not_paid(opener, payout):
    with opener()() as books:
        told = {"confirmation": "required", "valid_from": "2026-01-01", "cite": "Policy 3.1"}
        load_confirmation(books, ConfirmationForm.model_validate(told))
        party = books.get(Party, make.only(books, Supplier, reference="SUP-2026-000001").party_id)
        make.signer(books, party)
    payout("SUP-2026-000001")
    says(opener, "settlement", "wang.approver")

    ran, (told,) = payout("SUP-2026-000001")

    assert ran.code == 1
    assert "has not confirmed the statement of SET-2026-000001" in ran.err
    assert (told["batch"], told["waits_for"]) == (None, "supplier")


@pytest.mark.usefixtures("two")
def test_a_payee_that_confirms_or_disputes_by_command_is_paid_or_waits(opener, payout, run):
    with opener()() as books:
        told = {"confirmation": "required", "valid_from": "2026-01-01", "cite": "Policy 3.1"}
        load_confirmation(books, ConfirmationForm.model_validate(told))
        for number, who in ((1, "he.hengxin"), (2, "xu.second")):
            supplier = make.only(books, Supplier, reference=f"SUP-2026-00000{number}")
            make.signer(books, books.get(Party, supplier.party_id), who)
    payout("SUP-2026-000001")
    payout("SUP-2026-000002")
    says(opener, "settlement", "wang.approver")
    for reference in ("SUP-2026-000001", "SUP-2026-000002"):
        payout(reference)

    words = ("--as-of", DAY, "--json")
    said = run("statement", "confirm", "SET-2026-000001", "--as", "he.hengxin", *words)
    foreign = run("statement", "confirm", "SET-2026-000002", "--as", "he.hengxin", *words)
    why = ("--reason", "eight hours are missing")
    other = run("statement", "dispute", "SET-2026-000002", "--as", "xu.second", *why, *words)

    assert said.rows[0]["confirmation"] == "confirmed"
    assert foreign.code == 1
    assert (other.rows[0]["confirmation"], other.rows[0]["waits_for"]) == ("disputed", "finance")
    (paid,), (kept,) = payout("SUP-2026-000001")[1], payout("SUP-2026-000002")[1]
    assert paid["batch_status"] == "planned"
    assert kept["batch"] is None


@pytest.mark.usefixtures("two")
def test_who_claims_nothing_is_refused_and_nothing_is_written(opener, payout):
    with opener()() as books:
        idle = make.supplier(books).reference

    ran, told = payout(idle)

    assert (ran.code, told) == (1, [])
    assert "claims nothing that may be settled" in ran.err


@pytest.mark.usefixtures("two")
def test_a_claim_that_was_not_matched_yet_is_matched_on_the_way(opener, payout):
    with opener()() as books:
        contract = staffing(books, "6222020200012345777")
        claim(books, contract, ("40", "46.50"))
        late = books.get(Supplier, contract.supplier_id).reference
        sheet = make.service_sheet(books, contract, [make.done("10", "46.50")])
        (work,) = make.items_of(books, sheet)
        make.invoice(books, contract, [make.claimed(work, "10", "46.50")])

    _, told = payout(late)

    assert sum(Decimal(row["net"]) for row in told) == Decimal("2464.50")


@pytest.mark.usefixtures("two")
def test_a_payee_whose_account_is_closed_is_settled_and_not_paid(opener, payout):
    payout("SUP-2026-000001")
    says(opener, "settlement", "wang.approver")
    with opener()() as books:
        party = make.only(books, Supplier, reference="SUP-2026-000001").party_id
        account = make.only(books, BankAccount, party_id=party)
        books.move(account, BankAccountStatus.REVOKED, because="the payee closed it")

    ran, (told,) = payout("SUP-2026-000001")

    assert ran.code == 1
    assert "SUP-2026-000001 has no active account in CNY" in ran.err
    assert (told["settlement_status"], told["batch"]) == ("sealed", None)


@pytest.mark.usefixtures("two")
def test_a_payee_whose_credit_notes_outweigh_its_claims_is_told_so(opener, payout):
    with opener()() as books:
        contract = staffing(books, "6222020200012345777")
        claim(books, contract, ("1", "46.50"))
        credit(books, contract, 9_000)
        named = books.get(Supplier, contract.supplier_id).reference

    ran, told = payout(named)

    assert (ran.code, told) == (1, [])
    assert "carried until later claims outweigh the credit notes" in ran.err


def test_a_payee_whose_account_is_in_another_currency_is_not_paid(
    opener, settings, monkeypatch, payout
):
    find(monkeypatch, settings)
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
        supplier = books.get(Supplier, contract.supplier_id)
        account = make.only(books, BankAccount, party_id=supplier.party_id)
        books.move(account, BankAccountStatus.REVOKED, because="the payee moved abroad")
        abroad = {"currency": "EUR", "reference": books.reference("ACC")}
        make.bank_account(
            books, books.get(Party, supplier.party_id), "6222020200012340000", **abroad
        )
    payout("SUP-2026-000001")
    says(opener, "settlement", "wang.approver")

    ran, (told,) = payout("SUP-2026-000001")

    assert ran.code == 1
    assert "has no active account in CNY" in ran.err
    assert told["batch"] is None
