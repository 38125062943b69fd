"""Enters suppliers and their contracts as the facts have them; onboarding is tested elsewhere."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests import make
from tests.make.placements import GUARANTEE
from tests.year.company import BEGINS, Partner, found, partner
from tests.year.facts import Agency, Facts, Outsourcer, Recruiter
from vendorops.books import Books
from vendorops.domain.contract_facts import ContractFacts, Rate, ServiceLevel, Tier
from vendorops.domain.measure import price_e6
from vendorops.tables import Supplier

HR = ("mei.hr", "yu.hr")
MEASURES = "gao.ops"
UNIT = "document_processed"
LEVELS = (
    ServiceLevel("turnaround", "handled within two days", 970_000, 50_000, 80_000),
    ServiceLevel("accuracy", "captured without error", 980_000, 40_000, 80_000),
)


def enter(books: Books, facts: Facts) -> dict[int, Partner]:
    """Enter our company and every supplier; return them by number."""
    found(books)
    for handle in (*HR, MEASURES):
        make.person(books, handle)
    partners = [_agency(books, agency) for agency in facts.agencies]
    partners += [_recruiter(books, recruiter) for recruiter in facts.recruiters]
    partners += [_outsourcer(books, outsourcer) for outsourcer in facts.outsourcers]
    piece = _term("piece", "3.00")
    partners += [partner(books, each.number, "freelance", (piece,)) for each in facts.freelancers]
    return {each.number: each for each in partners}


def workers(books: Books, agency: Agency, of: Partner) -> dict[int, int]:
    """Enter the people of an agency; return their keys."""
    supplier = make.only(books, Supplier, reference=of.supplier)
    return {
        stint.person: make.worker(
            books,
            supplier,
            name=f"Person {stint.person}",
            place="xa",
            identifier_scheme="xa_person",
            identifier_index=f"{stint.person:064d}",
        ).id
        for stint in agency.stints
    }


def _term(code: str, value: str, kind: str = "price", unit: str = "C62") -> dict[str, Any]:
    return {"code": code, "kind": kind, "unit": unit, "value": value}


def _agency(books: Books, agency: Agency) -> Partner:
    term = _term("regular_hours", "40.00", unit="HUR")
    return partner(books, agency.number, "staffing", (term,))


def _recruiter(books: Books, recruiter: Recruiter) -> Partner:
    terms = [_term("placement_fee", recruiter.share, "share")]
    if recruiter.retainer:
        terms.append(_term("retainer", recruiter.retainer, unit="MON"))

    def agree(facts: ContractFacts) -> ContractFacts:
        tiers = tuple(Tier(at * 10**4, price_e6(share)) for at, share in recruiter.tiers)
        fee = replace(facts.rates[0], tiers=tiers)
        return replace(facts, rates=(fee, *facts.rates[1:]), guarantee=GUARANTEE)

    return partner(books, recruiter.number, "rpo", terms, agree)


def _outsourcer(books: Books, outsourcer: Outsourcer) -> Partner:
    def agree(facts: ContractFacts) -> ContractFacts:
        rates = tuple(
            Rate(
                UNIT,
                price_e6(price),
                "Document",
                begins,
                tiers=tuple(
                    Tier(at * 10**4, int(Fraction(price) * Fraction(share) * 10**6))
                    for at, share in outsourcer.tiers
                ),
            )
            for begins, price in outsourcer.prices
        )
        return replace(facts, rates=rates, service_levels=LEVELS)

    terms = [
        {**_term(UNIT, price), "valid_from": max(begins, BEGINS)}
        for begins, price in outsourcer.prices
    ]
    return partner(books, outsourcer.number, "bpo", terms, agree)
