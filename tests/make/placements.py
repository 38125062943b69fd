"""Recruiters and whom they placed with us."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.make.days import ENDS_ON, STARTS_ON
from tests.make.parties import bank_account, licensed, party, supplier
from tests.make.people import signer
from tests.make.rows import put
from tests.make.work import agreed, contract
from vendorops.books import Books
from vendorops.documents import facts_json
from vendorops.domain.contract_facts import (
    Guarantee,
    GuaranteeStep,
    PaymentTerm,
    Rate,
    Tier,
)
from vendorops.tables import Contract, Placement

FEE = {"code": "placement_fee", "kind": "share", "unit": "C62", "value": "0.2"}
FIXED = {"code": "placement_fixed", "kind": "price", "unit": "C62", "value": "30000"}
RETAINER = {"code": "retainer", "kind": "price", "unit": "MON", "value": "6200"}
GUARANTEE = Guarantee(
    days=90,
    steps=(
        GuaranteeStep(30, 1_000_000),
        GuaranteeStep(60, 500_000),
        GuaranteeStep(90, 250_000),
    ),
    replacement_days=30,
)
"""All of the fee until day 30, half until day 60, a quarter until day 90."""
RECRUITER = "91310000000000000U"
"""A well-formed number of nobody, by which claims find the supplier."""


def recruiting(
    books: Books,
    terms: tuple[dict[str, Any], ...] = (FEE,),
    guarantee: Guarantee | None = GUARANTEE,
    pay: PaymentTerm | None = None,
    tiers: tuple[Tier, ...] = (),
    **changed: Any,
) -> Contract:
    """A recruiter's contract in force, licensed and with an account, at a fifth of first-year pay.

    `tiers` are those of its first term.
    """
    firm = party(books, RECRUITER, name="青禾人才服务有限公司")
    of = supplier(books, firm, kind="rpo")
    signer(books, firm)
    bank_account(books, firm)
    licensed(books, of, "rpo")
    columns = {
        "program": "rpo",
        "place": "cn",
        "currency": "CNY",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "cap_minor": 100_000_000,
        **changed,
    }
    facts = agreed(terms, columns)
    first: Rate = replace(facts.rates[0], tiers=tiers)
    facts = replace(
        facts,
        rates=(first, *facts.rates[1:]),
        guarantee=guarantee,
        payment=pay or PaymentTerm(days=30),
    )
    return contract(books, of, terms, facts=facts_json(facts), **columns)


def placement(books: Books, of: Contract, salary: str = "360000", **changed: Any) -> Placement:
    """An offer of 360,000 a year that was accepted, to start on the fifth of October."""
    usual = {
        "reference": books.reference("PLC"),
        "contract_id": of.id,
        "worker_name": "王小明",
        "title": "软件工程师",
        "fee_term": "placement_fee",
        "currency": of.currency,
        "base_salary_minor": int(salary) * 100,
        "starts_on": date(2026, 10, 5),
        "placed_by": "mei.hr",
    }
    return put(books, Placement, usual, changed)
