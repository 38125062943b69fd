from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.onboarding.applying import changed, counted, hand_in, load, run, sample
from vendorops.books.questions import NotAllowed
from vendorops.documents import DocumentStore, facts_of, kept, pdf_facts
from vendorops.invariants import verify
from vendorops.tables import Contract, ContractVersion, Qualification

APPLIED = date(2026, 9, 21)


@pytest.fixture
def approved(opener):
    load(opener, as_of=APPLIED)
    hand_in(opener, sample("rpo"), as_of=APPLIED)
    decide(opener, "onboarding", "qualification", "lin.buyer")


@pytest.fixture
def drafted(opener, approved):
    del approved
    run(opener, "contracting", as_of=APPLIED)


@pytest.fixture
def sent(opener, drafted):
    del drafted
    decide(opener, "signing", "contract", "wang.approver")
    decide(opener, "signing", "contract", "tang.cfo")


def decide(opener, stage, kind, who, says="approve"):
    """Run a stage until it asks, let somebody answer, and run it on."""
    run(opener, stage, as_of=APPLIED)
    make.reply(opener, kind, who, says, as_of=APPLIED)
    run(opener, stage, as_of=APPLIED)


def contracts(opener) -> list[Contract]:
    with opener()() as books:
        return list(books.session.exec(select(Contract).order_by(Contract.reference)))


@pytest.mark.usefixtures("drafted")
def test_an_approved_application_becomes_a_draft_with_its_facts_and_one_pdf(opener):
    (contract,) = contracts(opener)

    assert (contract.reference, contract.status) == ("CON-2026-000001", "draft")
    assert contract.template == "rpo/cn/2026-01-01"
    assert contract.cap_minor == 150_000_000
    with opener()() as books:
        draft = make.only(books, ContractVersion)
        text = pdf_facts(kept(books, contract.document_sha256)).text
    (rate,) = facts_of(contract.facts).rates
    assert (rate.code, rate.value_e6) == ("placement_fee", 180_000)
    assert (draft.version, draft.facts) == (1, contract.facts)
    assert "CON-2026-000001" in text
    assert "18 %" in text


@pytest.mark.usefixtures("drafted")
def test_doubled_runs_draft_one_contract_and_ask_once(opener):
    run(opener, "signing", as_of=APPLIED)
    before = counted(opener)

    for stage in ("contracting", "signing") * 2:
        run(opener, stage, as_of=APPLIED)

    assert counted(opener) == before


@pytest.mark.usefixtures("drafted")
def test_a_contract_above_the_limit_of_an_approver_needs_another_one(opener):
    run(opener, "signing", as_of=APPLIED)

    with pytest.raises(NotAllowed, match=r"above the limit of chen\.approver"):
        make.reply(opener, "contract", "chen.approver", as_of=APPLIED)
    make.reply(opener, "contract", "wang.approver", as_of=APPLIED)


@pytest.mark.usefixtures("drafted")
def test_who_let_the_supplier_in_does_not_approve_its_contract(opener):
    with opener()() as books:
        make.grant(books, "lin.buyer", "approver")
    run(opener, "signing", as_of=APPLIED)

    with pytest.raises(NotAllowed, match=r"lin\.buyer took part"):
        make.reply(opener, "contract", "lin.buyer", as_of=APPLIED)


@pytest.mark.usefixtures("sent")
def test_a_contract_is_signed_by_the_suppliers_signer_and_nobody_of_ours(opener):
    with pytest.raises(NotAllowed, match="must belong to the party"):
        make.reply(opener, "signature", "wang.approver", as_of=APPLIED)
    decide(opener, "signing", "signature", "qin.rpo")

    (contract,) = contracts(opener)
    assert (contract.status, contract.signed_by) == ("signed", "qin.rpo")
    assert contract.signed_sha256 == contract.document_sha256


@pytest.mark.usefixtures("sent")
def test_a_signed_contract_comes_into_force_on_its_first_day_and_not_before(opener):
    decide(opener, "signing", "signature", "qin.rpo")
    run(opener, "signing", as_of=date(2026, 9, 30))
    assert contracts(opener)[0].status == "signed"

    run(opener, "signing", as_of=date(2026, 10, 1))
    assert contracts(opener)[0].status == "effective"


@pytest.mark.usefixtures("sent")
def test_what_a_contract_came_to_breaks_no_invariant(opener):
    decide(opener, "signing", "signature", "qin.rpo")

    with opener(as_of=APPLIED)() as books:
        assert verify(books).violations == []


@pytest.mark.usefixtures("drafted")
def test_a_contract_we_reject_lets_the_supplier_apply_with_other_terms(opener):
    decide(opener, "signing", "contract", "wang.approver", "reject")
    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"

    hand_in(opener, changed("rpo", "value: 0.18", "value: 0.16"), as_of=APPLIED)
    decide(opener, "onboarding", "qualification", "lin.buyer")
    run(opener, "contracting", as_of=APPLIED)

    assert [row.status for row in contracts(opener)] == ["rejected", "draft"]


@pytest.mark.usefixtures("sent")
def test_a_contract_the_supplier_does_not_sign_is_rejected_with_its_case(opener):
    decide(opener, "signing", "signature", "qin.rpo", "reject")

    assert contracts(opener)[0].status == "rejected"
    with opener()() as books:
        assert make.only(books, Qualification).status == "rejected"


@pytest.mark.usefixtures("sent")
@pytest.mark.breaks("F4")
def test_a_paper_that_is_no_longer_what_was_signed_binds_nobody(opener, settings):
    make.reply(opener, "signature", "qin.rpo", as_of=APPLIED)
    (contract,) = contracts(opener)
    DocumentStore(settings.documents).path(contract.document_sha256).unlink()

    ((reference, reason),) = run(opener, "signing", as_of=APPLIED).refused

    assert reference == contract.reference
    assert "not in the store" in reason
    assert contracts(opener)[0].status == "sent"
