from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.contracting.bound import APPLIED, contract_of, decide, drafted, in_force, sent
from tests.stages.onboarding.applying import run
from vendorops.documents import facts_of, kept, pdf_facts
from vendorops.documents.comparing import compare, numbered
from vendorops.documents.negotiating import NotNegotiable, negotiate
from vendorops.tables import Contract, ContractTerm, ContractVersion, Decision

OTHER = """
reason: thirty days are too few for us
payment: {days: 45}
terms:
  - {code: case_closed, value: 36.50, description: 办结一件投诉 One complaint case closed}
"""


def counter(opener, text=OTHER, who="he.yunshu"):
    with opener(actor=who, as_of=APPLIED)() as books:
        return negotiate(books, make.only(books, Contract), text.encode())


def test_either_side_may_put_another_draft_in_the_place_of_the_one_before(opener):
    first = drafted(opener)

    counter(opener)
    counter(opener, "reason: the cap is too low\ncap: 700000.00\n", "lin.buyer")

    contract = contract_of(opener)
    assert (contract.status, contract.version) == ("negotiating", 3)
    assert contract.document_sha256 != first.document_sha256
    facts = facts_of(contract.facts)
    assert (facts.payment.days, facts.cap_minor, contract.cap_minor) == (
        45,
        70_000_000,
        70_000_000,
    )
    assert [rate.value_e6 for rate in facts.rates if rate.code == "case_closed"] == [36_500_000]
    with opener()() as books:
        drafts = books.session.exec(select(ContractVersion).order_by(col(ContractVersion.version)))
        assert [row.proposed_by for row in drafts] == ["he.yunshu", "he.yunshu", "lin.buyer"]
        assert "700,000.00" in pdf_facts(kept(books, contract.document_sha256)).text


def test_an_approval_binds_to_the_draft_it_saw(opener):
    drafted(opener)
    run(opener, "signing", as_of=APPLIED)
    make.reply(opener, "contract", "wang.approver", as_of=APPLIED)
    counter(opener)

    assert run(opener, "signing", as_of=APPLIED).waiting == ["CON-2026-000001"]
    assert contract_of(opener).status == "negotiating"
    make.reply(opener, "contract", "wang.approver", as_of=APPLIED)
    run(opener, "signing", as_of=APPLIED)

    assert contract_of(opener).status == "sent"


def test_a_draft_proposed_after_sending_takes_the_signature_question_back(opener):
    sent(opener)
    counter(opener)

    with opener()() as books:
        assert make.only(books, Decision, kind="signature").status == "void"
    assert contract_of(opener).sent_sha256 is None
    decide(opener, "signing", "contract", "wang.approver")
    decide(opener, "signing", "signature", "he.yunshu")
    with opener()() as books:
        rows = {row.code: row.value_e6 for row in books.session.exec(select(ContractTerm))}
    assert rows["case_closed"] == 36_500_000


def test_who_proposed_a_draft_does_not_approve_it(opener):
    drafted(opener)
    counter(opener, who="wang.approver")

    run(opener, "signing", as_of=APPLIED)
    with opener()() as books:
        assert "wang.approver" in make.only(books, Decision, kind="contract").not_by


def test_the_same_proposal_again_changes_nothing(opener):
    drafted(opener)

    assert counter(opener).version == counter(opener).version == 2


@pytest.mark.parametrize("who", ["zhao.finance", "qian.tax", "nobody.known"])
def test_strangers_and_other_roles_do_not_negotiate(opener, who):
    drafted(opener)

    with pytest.raises(NotNegotiable, match="neither belongs to the supplier nor buys"):
        counter(opener, who=who)


def test_a_draft_has_no_first_day_of_its_own_and_has_to_change_something(opener):
    drafted(opener)

    with pytest.raises(NotNegotiable, match="valid_from"):
        counter(opener, "reason: r\nvalid_from: 2026-10-05\ncap: 700000.00\n")
    with pytest.raises(NotNegotiable, match="changes nothing"):
        counter(opener, "reason: r\n")


def test_what_is_signed_is_negotiated_no_more(opener):
    in_force(opener)

    with pytest.raises(NotNegotiable, match="by an amendment"):
        counter(opener)


def test_two_drafts_are_compared_fact_by_fact_and_clause_by_clause(opener):
    drafted(opener)
    counter(opener)

    with opener()() as books:
        contract = make.only(books, Contract)
        found = compare(books, contract, *numbered(books, contract))

    assert found["facts"][0] == {"what": "payment_days", "before": "3", "after": "45"}
    assert found["from"] == {"number": 1, "name": "draft 1", "status": "replaced"}
    assert any("within 45 days" in line for each in found["wording"] for line in each["lines"])
    assert date(2026, 10, 1) == contract.starts_on
