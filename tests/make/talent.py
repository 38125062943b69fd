"""People of the labour platform, as suppliers hand them in and people of ours verify them."""

from typing import Any

from tests.make.parties import supplier as any_supplier
from tests.make.people import grant, person
from vendorops.books import Books
from vendorops.identifiers import identifier
from vendorops.tables import (
    Assessment,
    Supplier,
    TalentCertificate,
    TalentDemand,
    TalentProfile,
)
from vendorops.talent.assessing import assess
from vendorops.talent.certificates import certificates_of, verify_certificate
from vendorops.talent.demands import place_demand
from vendorops.talent.forms import entry_from
from vendorops.talent.profiles import enter_profile
from vendorops.talent.verifying import verify

REGISTRAR, VERIFIER = "lin.buyer", "gu.compliance"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FORCES = ("business", "charm", "mental", "platform", "industry")
DEMAND = """
title: 双十一美妆主播
starts: 2026-11-10
ends: 2026-12-10
places: [cn-sh]
price_cap: {currency: CNY, hourly: "200.00"}
labels:
  - {kind: role, code: "2.3.4", must: yes}
  - {kind: industry, code: beauty, at_least: 80}
  - {kind: language, code: zh}
"""


def as_(books: Books, actor: str) -> Books:
    """The same books in another person's name."""
    return Books(books.session, books.settings, books.as_of, books.month, actor, books.now)


def platform(books: Books) -> Supplier:
    """An agency, a buyer who registers its people and somebody who verifies them."""
    for handle, role in ((REGISTRAR, "buyer"), (VERIFIER, "compliance")):
        person(books, handle)
        grant(books, handle, role)
    return any_supplier(books)


def number(at: int) -> str:
    """An identity number of nobody, with its check digit."""
    digits = f"360426199101{at % 28 + 1:02d}{at % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return identifier("cn_ric").check(digits + "10X98765432"[total % 11])


def entry(at: int = 1, **changed: Any) -> dict[str, Any]:
    """An anchor for beauty goods in Shanghai, as a file has her."""
    usual = {
        "id": f"A-{at}",
        "person": {
            "formattedName": f"周明 {at}",
            "legalId": {"schemeId": "cn_ric", "value": number(at)},
        },
        "jurisdiction": "cn",
        "positions": [{"code": "2.3.4", "proficiency": 80}],
        "industries": [{"code": "beauty", "proficiency": 60}],
        "languages": [{"code": "zh"}],
        "workLocations": ["cn-sh", "remote"],
        "availability": {"validFrom": "2026-11-01", "validTo": "2027-11-01"},
        "remuneration": {"currency": "CNY", "hourlyAmount": "120.00"},
        "strengths": [{"zh": "节奏稳", "en": "Keeps the pace"}],
    }
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


CERTIFICATION = {
    "type": "omc",
    "track": "web_anchor",
    "level": "senior",
    "issuingAuthority": "认证中心",
    "id": "OMC-2025-0001",
    "validFrom": "2025-01-01",
    "validTo": "2026-12-01",
}


def profile(
    books: Books, agency: Supplier, at: int = 1, *, proposable: bool = True, **changed: Any
) -> TalentProfile:
    """A person in the books, verified unless told otherwise."""
    row = enter_profile(as_(books, REGISTRAR), agency, entry_from(entry(at, **changed)))
    if proposable:
        make_proposable(books, row)
    return row


def make_proposable(books: Books, row: TalentProfile) -> None:
    """Verify identity, certificates and claims, each by somebody who did not register him."""
    other = as_(books, VERIFIER)
    verify(other, row, "identity", ("sound", "seen on video"), b"recording")
    for held in certificates_of(books, row):
        if held.status == "claimed":
            verified(books, held)
    verify(other, row, "claims", ("sound", "called two clients"), b"notes")


def verified(books: Books, row: TalentCertificate) -> TalentCertificate:
    """A certificate that was found with its issuer."""
    return verify_certificate(as_(books, VERIFIER), row, sound=True, because="found")


def assessed(books: Books, row: TalentProfile, *scores: int) -> Assessment:
    """An assessment of the five forces."""
    given = dict(zip(FORCES, scores, strict=True))
    return assess(as_(books, REGISTRAR), row, "web_anchor", given, b"the recorded session")


def demand(books: Books, text: str = DEMAND) -> TalentDemand:
    """A demand for an anchor in Shanghai."""
    return place_demand(as_(books, REGISTRAR), text.encode())
