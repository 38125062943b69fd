"""What a company file says of money: funds, confirmations, and whom tax is paid over to."""

from datetime import date

import pytest

from tests import make
from vendorops.demo import story
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.stages import sweep
from vendorops.stages.bank_accounts import party_named
from vendorops.stages.onboarding.company import load_company
from vendorops.stages.onboarding.confirmations import (
    BadConfirmation,
    ConfirmationForm,
    load_confirmation,
)
from vendorops.stages.onboarding.tax_offices import BadOffice
from vendorops.tables import BankAccount, ConfirmationPolicy, FundingPolicy, TaxOffice

DAY = date(2026, 11, 4)
ENTITY = """    funding:
      - {payouts: confirmed, valid_from: 2026-12-01, cite: Treasury policy 2}
    tax_offices:
      - place: cn
        party:
          kind: organization
          name: 国家税务总局上海市税务局
          place: cn
          identifier: {scheme: cn_uscc, number: NUMBER}
          address: 上海市肇嘉浜路 800 号
          email: office@tax.example
        account:
          scheme: cn_account
          number: "31050136360000009876"
          bank: "105290036005"
          holder: 国家金库上海市分库
          currency: CNY
          proposed_by: li.treasury
"""
POLICY = """confirmations:
  - {confirmation: required, silence: agrees, days: 7, valid_from: 2026-12-01, cite: Policy 3.1}
"""
NUMBER, OTHER = "91110000600037341L", "91350100M000100Y43"


def asked(confirmation="required", **changed):
    told = {"confirmation": confirmation, "valid_from": "2026-01-01", "cite": "Policy 3.1"}
    return ConfirmationForm.model_validate(told | changed)


def company(number=NUMBER):
    text = (story.SAMPLES / "company.yaml").read_text("utf-8")
    head, people = text.split("people:\n", 1)
    return f"{head}{ENTITY.replace('NUMBER', number)}{POLICY}people:\n{people}".encode()


def test_funds_confirmations_and_a_tax_office_are_loaded_once(opener):
    for _ in range(2):
        with opener(as_of=DAY)() as books:
            load_company(books, company())

    with opener(as_of=DAY)() as books:
        assert make.only(books, FundingPolicy).payouts == "confirmed"
        policy = make.only(books, ConfirmationPolicy)
        assert (policy.confirmation, policy.silence, policy.days) == ("required", "agrees", 7)
        office = make.only(books, TaxOffice)
        account = make.only(books, BankAccount, party_id=office.party_id)
        assert party_named(books, office.reference).id == office.party_id
        assert (account.status, account.proposed_by) == ("proposed", "li.treasury")


def test_the_account_of_a_tax_office_is_put_before_people_like_any_other(opener):
    with opener(as_of=DAY)() as books:
        load_company(books, company())

    outcome = sweep("bank_accounts", opener(as_of=DAY, actor="system:bank_accounts"))

    with opener(as_of=DAY)() as books:
        office = make.only(books, TaxOffice)
        account = make.only(books, BankAccount, party_id=office.party_id)
        assert account.reference in outcome.waiting
        assert account.status == BankAccountStatus.PROPOSED


def test_another_party_is_not_made_the_tax_office_of_a_place_silently(opener):
    with opener(as_of=DAY)() as books:
        load_company(books, company())
    with opener(as_of=DAY)() as books, pytest.raises(BadOffice, match="TXO-2026-000001"):
        load_company(books, company(OTHER))


def test_a_policy_is_never_edited_and_needs_at_least_a_day(opener):
    with opener()() as books:
        load_confirmation(books, asked())
        load_confirmation(books, asked())
        with pytest.raises(BadConfirmation, match="from a later day"):
            load_confirmation(books, asked("asked"))
        with pytest.raises(BadConfirmation, match="at least one day"):
            load_confirmation(books, asked(valid_from="2026-02-01", days="0"))
