"""Our company and its suppliers, as they stand when the simulated year begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select
from stdnum.iso7064 import mod_97_10

from tests import make
from tests.make.work import agreed
from vendorops.books import Books
from vendorops.documents import facts_json
from vendorops.domain.contract_facts import ContractFacts
from vendorops.tables import Contract, Person

BEGINS, ENDS = date(2026, 1, 1), date(2027, 1, 1)
FIRST = 20_000_000
CAP = 10**13


@dataclass(frozen=True)
class Partner:
    """One supplier with its contract, as the simulation addresses it."""

    number: int
    program: str
    contract_id: int
    contract: str
    supplier: str
    party_id: int
    signer: str
    registered: str


def found(books: Books) -> None:
    """Our people, and the company that pays from an account of its own."""
    make.people(books)
    make.person(books, "gao.buyer")
    make.grant(books, "gao.buyer", "buyer")
    ours = make.party(books, "91310000MA1FL0X123", name="星河制造集团有限公司")
    make.our_account(books, make.legal_entity(books, party_id=ours.id, currency="EUR"), **ACCOUNT)


ACCOUNT: dict[str, Any] = {
    "currency": "EUR",
    "active_from": BEGINS,
    "approved_on": BEGINS,
    "first_paid_on": BEGINS,
}


PAPERS: dict[str, Any] = {
    "status": "verified",
    "valid_from": date(2020, 1, 1),
    "valid_to": None,
}


def partner(
    books: Books,
    number: int,
    program: str,
    terms: Sequence[dict[str, Any]],
    agree: Callable[[ContractFacts], ContractFacts] = lambda facts: facts,
) -> Partner:
    """A supplier of the invented country with an account in use and a contract for two years.

    `agree` says what else was agreed in the contract.
    """
    digits = str(FIRST + number)
    registered = digits + mod_97_10.calc_check_digits(digits)
    named: dict[str, Any] = {
        "name": f"Supply No. {number} Ltd.",
        "place": "xa",
        "identifier_scheme": "xa_number",
    }
    if program == "freelance":
        named["kind"] = "person"
    party = make.party(books, registered, **named)
    kind = "freelancer" if program == "freelance" else program
    supplier = make.supplier(books, party, kind=kind)
    make.bank_account(books, party, str(10**15 + number), **ACCOUNT)
    signer = f"signer.{number}"
    if books.session.exec(select(Person).filter_by(handle=signer)).first() is None:
        make.signer(books, party, signer)
    case = make.qualification(books, supplier, program=program, place="xa", asked_on=BEGINS)
    columns: dict[str, Any] = {
        "program": program,
        "place": "xa",
        "currency": "EUR",
        "cap_minor": CAP,
        "starts_on": BEGINS,
        "ends_on": date(2028, 1, 1),
    }
    facts = facts_json(agree(agreed(terms, columns)))
    case_id = {"qualification_id": case.id, "signed_by": signer}
    contract = make.contract(books, supplier, terms, facts=facts, **case_id, **columns)
    make.compliance_document(books, supplier, kind="registration", **PAPERS)
    return Partner(
        number,
        program,
        contract.id,
        contract.reference,
        supplier.reference,
        party.id,
        signer,
        registered,
    )


def contract_of(books: Books, partner: Partner) -> Contract:
    return books.get(Contract, partner.contract_id)
