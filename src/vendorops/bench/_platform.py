"""A platform and the people it owes a month to, entered past every question of the books."""

from datetime import date

import numpy as np
from sqlalchemy import Connection

from vendorops.bench._cumulative import cumulative
from vendorops.bench._filling import fill
from vendorops.bench._platform_claims import (
    EARLIER,
    FIRST,
    SHA,
    Crowd,
    Whole,
    enter_claims,
    enter_earlier,
)
from vendorops.books.cipher import Binding, Cipher, load_master_key
from vendorops.documents import facts_json, facts_sha256
from vendorops.domain.contract_facts import ContractFacts, Rate
from vendorops.settings import Settings
from vendorops.tables import (
    BankAccount,
    ComplianceDocument,
    Contract,
    LegalEntity,
    Party,
    Person,
    Qualification,
    RoleGrant,
    Supplier,
    VaultEntry,
)

AT_ONCE = 50_000
AWAY = 0.1
"""Share of people who were paid nothing in a month."""
BANKS = ("102100099996", "105100000017", "103100000026", "104100000004")
TODAY = date(2027, 3, 2)
"""On which the month is settled."""
APPROVER = "bench.approver"


def draw(count: int, seed: int) -> Crowd:
    """Return what so many people earned; a seed draws the same.

    Most earn some thousands a month, few much more; every tenth did not work in one month.
    """
    random = np.random.default_rng(seed)
    drawn = np.exp(random.normal(13.2, 0.7, (count, 3))).astype(np.int64) + 100
    drawn = np.minimum(drawn, 9_000_000)
    earlier, net = drawn[:, :2].copy(), drawn[:, 2].copy()
    for month in range(len(EARLIER)):
        earlier[random.random(count) < AWAY, month] = 0
    withheld = np.zeros_like(earlier)
    for month in range(len(EARLIER)):
        before = earlier[:, :month], withheld[:, :month]
        withheld[:, month] = cumulative(*before, earlier[:, month])
    return Crowd(earlier, withheld, net)


def enter_platform(connection: Connection, settings: Settings, crowd: Crowd) -> None:
    """Enter our company, who approves, and everybody it owes a month."""
    cipher = Cipher(load_master_key(settings.key_file))
    us = {"identifier_scheme": "cn_uscc", "identifier_masked": "**", "identifier_index": "us"}
    fill(connection, Party, {"id": 1, "kind": "organization", "name": "Acme", "place": "cn"} | us)
    entity = {"id": 1, "code": "ACME", "party_id": 1, "currency": "CNY"}
    fill(connection, LegalEntity, {**entity, "platform_since": "2026-09-01"})
    fill(connection, Person, {"id": 1, "handle": APPROVER})
    granted = {"id": 1, "handle": APPROVER, "role": "approver", "granted_by": "board"}
    fill(connection, RoleGrant, {**granted, "valid_from": "2026-01-01"})
    _enter_accounts(connection, cipher, np.array([1]), np.array([1]))
    for start in range(0, len(crowd.net), AT_ONCE):
        some = Crowd(*(column[start : start + AT_ONCE] for column in crowd))
        at = np.arange(start, start + len(some.net))
        _enter_people(connection, cipher, at + FIRST)
        enter_claims(connection, at + FIRST, some)
        enter_earlier(connection, at, some)


def _enter_people(connection: Connection, cipher: Cipher, keys: Whole) -> None:
    ident = keys.tolist()
    texts = [*map(str, ident)]
    person = {"kind": "person", "place": "cn", "identifier_scheme": "cn_ric"}
    names = [f"王小明 {text}" for text in texts]
    marks = {"identifier_masked": "**", "identifier_index": texts}
    fill(connection, Party, {"id": ident, "name": names, **person, **marks})
    known = {"id": ident, "party_id": ident, "reference": [f"SUP-2026-{text}" for text in texts]}
    fill(connection, Supplier, {**known, "kind": "freelancer", "status": "qualified"})
    _enter_accounts(connection, cipher, keys, keys)
    paper = {
        "id": ident,
        "reference": [f"DOC-2026-{text}" for text in texts],
        "supplier_id": ident,
        "handed_in_by": "x",
        "kind": "withholding_consent",
        "issuer": "x",
        "number_masked": "",
        "valid_from": "2026-01-01",
        "sha256": SHA,
    }
    fill(connection, ComplianceDocument, {**paper, "status": "verified"})
    _enter_contracts(connection, ident, texts)


def _enter_accounts(connection: Connection, cipher: Cipher, keys: Whole, parties: Whole) -> None:
    ident = keys.tolist()
    account = {
        "id": ident,
        "reference": [f"ACC-2026-{key}" for key in ident],
        "party_id": parties.tolist(),
        "holder": [f"王小明 {key}" for key in ident],
        "scheme": "cn_account",
        "bank": [BANKS[key % len(BANKS)] for key in ident],
        "currency": "CNY",
        "number_masked": "**",
        "number_index": [*map(str, ident)],
        "proposed_by": "a",
        "verified_by": "b",
        "approved_by": "c",
        "active_from": "2026-10-01",
        "first_paid_on": "2026-10-08",
    }
    fill(connection, BankAccount, {**account, "status": "active"})
    sealed = [
        cipher.seal(number_of(key), Binding("bankaccount", "number", key, cipher.key_id))
        for key in ident
    ]
    secret = {
        "id": ident,
        "subject_table": "bankaccount",
        "subject_column": "number",
        "subject_id": ident,
        "key_id": cipher.key_id,
        "nonce": [each.nonce for each in sealed],
        "ciphertext": [each.ciphertext for each in sealed],
        "retention": "bank",
    }
    fill(connection, VaultEntry, secret)


def number_of(key: int) -> str:
    """Return the number of an account."""
    return f"62220202{key:011}"


def _enter_contracts(connection: Connection, ident: list[int], texts: list[str]) -> None:
    qualification = {
        "id": ident,
        "reference": [f"QUA-2026-{text}" for text in texts],
        "supplier_id": ident,
        "place": "cn",
        "legal_entity_id": 1,
        "program": "freelance",
        "application_sha256": SHA,
        "proposal": "{}",
        "asked_on": "2026-09-01",
        "signer": texts,
    }
    fill(connection, Qualification, {**qualification, "status": "approved"})
    agreed = facts_json(
        ContractFacts(
            currency="CNY",
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 1, 1),
            cap_minor=10**12,
            languages="en",
            scope="labels",
            rates=(Rate("piece", 1, "labels", date(2026, 1, 1)),),
            law="cn",
            tax_treatment="exclusive",
        )
    )
    contract = {
        "id": ident,
        "reference": [f"CON-2026-{text}" for text in texts],
        "qualification_id": ident,
        "place": "cn",
        "supplier_id": ident,
        "legal_entity_id": 1,
        "program": "freelance",
        "facts": agreed,
        "facts_sha256": facts_sha256(agreed),
        "currency": "CNY",
        "starts_on": "2026-01-01",
        "ends_on": "2028-01-01",
        "cap_minor": 10**12,
        "template": "freelance/cn",
        **dict.fromkeys(("document_sha256", "sent_sha256", "signed_sha256"), SHA),
        "signed_by": "x",
        "signed_how": "portal",
    }
    fill(connection, Contract, {**contract, "status": "effective"})
