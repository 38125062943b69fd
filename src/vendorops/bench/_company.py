"""Enters a company and suppliers with contracts in force, for benchmarks to work on."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from vendorops.bench._filling import fill
from vendorops.documents import facts_json, facts_sha256
from vendorops.domain.contract_facts import ContractFacts, Rate
from vendorops.tables import (
    Contract,
    LegalEntity,
    Party,
    Qualification,
    ServiceSheet,
    Supplier,
    Tolerance,
)

MONTH = "2026-10"
SHA = "0" * 64
CAP_MINOR = 10**14
CURRENCIES = ("CNY", "CNY", "CNY", "EUR", "CNY", "USD", "CNY", "JPY", "CNY", "KWD")
"""Of suppliers by turns."""
PLACES = ("cn", "xa")
"""Of the contracts of one supplier."""
SHARE_E6, AMOUNT_MINOR = 10_000, 10_000_000
"""How far prices may stray."""


def enter_company(connection: Connection) -> None:
    """Enter our company, with a tolerance for every currency."""
    us = {"identifier_scheme": "cn_uscc", "identifier_masked": "**", "identifier_index": "us"}
    fill(connection, Party, {"id": 1, "kind": "organization", "name": "Acme", "place": "cn"} | us)
    fill(connection, LegalEntity, {"id": 1, "code": "ACME", "party_id": 1, "currency": "CNY"})
    currencies = sorted(set(CURRENCIES))
    chosen = {"id": [*range(1, len(currencies) + 1)], "currency": currencies, "step": "price"}
    limits = {"share_e6": SHARE_E6, "amount_minor": AMOUNT_MINOR, "cite": "annex 2"}
    since = {"program": "staffing", "supplier_id": None, "valid_from": "2026-01-01"}
    fill(connection, Tolerance, {**chosen, **limits, **since})


def enter_supplier(
    connection: Connection,
    number: int,
    *,
    currency: str = "CNY",
    contracts: list[int],
    caps: Mapping[int, int] | None = None,
) -> None:
    """Enter the supplier of a number, its contracts and their accepted sheets of equal keys.

    `caps` are the caps of contracts that have a tight one, in minor units.
    """
    key = number + 1
    known = {"identifier_scheme": "cn_uscc", "identifier_masked": "**"}
    party = {"id": key, "kind": "organization", "name": f"S{number}", "place": "cn"} | known
    fill(connection, Party, {**party, "identifier_index": f"s{number}"})
    supplier = {"id": key, "reference": f"SUP-{number:06d}", "party_id": key, "kind": "staffing"}
    fill(connection, Supplier, {**supplier, "status": "qualified"})
    for place, contract in zip(PLACES, contracts, strict=False):
        agreed = _facts(currency, (caps or {}).get(contract, CAP_MINOR))
        _enter_contract(connection, key, contract, (place, agreed))


def _enter_contract(
    connection: Connection, supplier: int, key: int, agreed_in: tuple[str, ContractFacts]
) -> None:
    place, terms = agreed_in
    qualification = {
        "id": key,
        "reference": f"QUA-{key:06d}",
        "supplier_id": supplier,
        "place": place,
        "legal_entity_id": 1,
        "program": "staffing",
        "application_sha256": SHA,
        "proposal": "{}",
        "asked_on": "2026-09-01",
        "signer": f"s{supplier}",
    }
    fill(connection, Qualification, {**qualification, "status": "approved"})
    agreed = facts_json(terms)
    contract = {
        "id": key,
        "reference": f"CON-{key:06d}",
        "qualification_id": key,
        "place": place,
        "supplier_id": supplier,
        "legal_entity_id": 1,
        "program": "staffing",
        "facts": agreed,
        "facts_sha256": facts_sha256(agreed),
        "currency": terms.currency,
        "starts_on": "2026-01-01",
        "ends_on": "2027-01-01",
        "cap_minor": terms.cap_minor,
        "template": "staffing/cn",
        "document_sha256": SHA,
        "sent_sha256": SHA,
        "signed_sha256": SHA,
        "signed_by": "x",
        "signed_how": "portal",
    }
    fill(connection, Contract, {**contract, "status": "effective"})
    sheet = {
        "id": key,
        "reference": f"SES-{key:06d}",
        "contract_id": key,
        "month": MONTH,
        "source_sha256": SHA,
        "submitted_by": "x",
        "submitted_on": "2026-10-31",
    }
    fill(connection, ServiceSheet, {**sheet, "status": "accepted"})


def _facts(currency: str, cap_minor: int) -> ContractFacts:
    return ContractFacts(
        currency=currency,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        cap_minor=cap_minor,
        languages="en",
        scope="sorting",
        rates=(Rate("regular_hours", 1, "sorting", date(2026, 1, 1)),),
        law="cn",
        tax_treatment="exclusive",
    )
