"""Facts of contracts, made from the shipped applications, with something replaced."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.documents.contract_facts import TEMPLATES
from vendorops.demo.story import SAMPLES
from vendorops.documents import pdf_facts, render_contract
from vendorops.documents.drafting import agreement_data
from vendorops.documents.forms import read_form
from vendorops.documents.proposal import Where, facts_proposed
from vendorops.domain.contract_facts import ContractFacts, PriceTolerance
from vendorops.programs import program
from vendorops.stages.onboarding.application import Application

DAY = date(2026, 9, 21)
PARTIES = {
    "reference": "CON-2026-000007",
    "day": DAY,
    "program_title": "programme",
    "buyer_name": "星河制造集团有限公司",
    "buyer_identifier_masked": "**** 7X3K",
    "supplier_name": "青禾人才服务有限公司",
    "supplier_identifier_masked": "**** 42MA",
    "supplier_kind": "organization",
}


def facts(code: str, **changed: Any) -> ContractFacts:
    """Everything that may be agreed under a program, nothing left out."""
    data = (SAMPLES / "applications" / f"{code}.yaml").read_bytes()
    form = read_form(data, Application, "the application").contract
    agreed = facts_proposed(form, Where(code, "cn", "organization"))
    more: dict[str, Any] = {
        "tolerance": PriceTolerance(7_000, 12_34),
        "acceptance": replace(agreed.acceptance, review_days=6),
        "payment": replace(
            agreed.payment,
            days=37,
            prompt_days=11,
            prompt_discount_e6=21_000,
            late_interest_e6=400,
        ),
        "notice_days": 43,
        "renewal_months": 13,
        "liability_cap_minor": 77_000_00,
        "insurance_minimum_minor": 88_000_00,
        "non_solicit_months": 17,
        "court": "上海市浦东新区人民法院",
    }
    return replace(agreed, **{**more, **changed})


def text_of(code: str, place: str, agreed: ContractFacts) -> str:
    """What the contract of some facts says."""
    data = agreement_data(agreed, program(code), PARTIES)
    return pdf_facts(render_contract(TEMPLATES, code, place, DAY, data).pdf).text
