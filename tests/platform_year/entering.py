"""Enters who works for the platforms, and what they claim of each month, by blocks of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import make
from tests.make import SHA
from tests.platform_year.blocks import entered, filled, hashes
from tests.platform_year.drawing import PLATFORMS, Agency, Facts, Freelancer
from tests.stages.settlement.month import claim
from vendorops.books import Books, vault
from vendorops.tables import (
    Allocation,
    Contract,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    Reconciliation,
    ServiceSheet,
    WorkItem,
)

BEGINS, ENDS = date(2025, 12, 1), date(2027, 6, 1)
SINCE = date(2025, 10, 1)
PAPERS: dict[str, Any] = {"valid_from": date(2025, 1, 1), "valid_to": None}
USED: dict[str, Any] = {"active_from": BEGINS, "approved_on": BEGINS, "first_paid_on": BEGINS}


def our_number(code: str) -> str:
    """Return the number of the account that a platform pays from."""
    return f"622202020009999{PLATFORMS.index(code):04}"


def found(books: Books) -> None:
    """Our two companies, platforms both, with people who decide and accounts to pay from."""
    make.people(books)
    for at, code in enumerate(PLATFORMS):
        party = make.party(books, f"91310000MA1FL0X12{at}", name=f"平台 {code}")
        entity = make.legal_entity(books, code, party_id=party.id)
        entity.platform_since = SINCE
        number = our_number(code)
        index = vault.blind_index(books, number, "cn_account")
        make.bank_account(books, party, number, number_index=index, **USED)


@dataclass(frozen=True)
class Engaged:
    """Somebody's contract, as claims are made under it."""

    contract_id: int
    supplier_id: int


def engage(books: Books, facts: Facts) -> dict[Freelancer | Agency, Engaged]:
    """Enter everybody of a year with a contract and an account."""
    return {
        **{one: _person(books, one) for one in facts.freelancers},
        **{one: _agency(books, one) for one in facts.agencies},
    }


def _person(books: Books, one: Freelancer) -> Engaged:
    named = {"kind": "person", "identifier_scheme": "cn_ric", "name": f"王小明 {one.number}"}
    party = make.party(books, f"11010519491{one.number:06}X", **named)
    supplier = make.supplier(books, party, kind="freelancer")
    make.bank_account(books, party, f"62220203{one.number:011}", **USED)
    consent = {"kind": "withholding_consent", "status": "verified", **PAPERS}
    make.compliance_document(books, supplier, **consent)
    return _contract(books, supplier, "freelance", one.platform)


def _agency(books: Books, one: Agency) -> Engaged:
    party = make.party(books, name=f"代理 {one.number}")
    supplier = make.supplier(books, party)
    make.bank_account(books, party, f"62220204{one.number:011}", **USED)
    make.licensed(books, supplier, "staffing")
    return _contract(books, supplier, "staffing", one.platform)


def _contract(books: Books, supplier: Any, program: str, platform: str) -> Engaged:
    entity = make.legal_entity(books, platform)
    of = {"legal_entity_id": entity.id}
    case = make.qualification(books, supplier, program=program, **of)
    told: dict[str, Any] = {
        "program": program,
        "qualification_id": case.id,
        "cap_minor": 10**13,
        **of,
    }
    contract = make.contract(books, supplier, starts_on=BEGINS, ends_on=ENDS, **told)
    return Engaged(contract.id, supplier.id)


def claim_of_agency(books: Books, engaged: Engaged, minor: int, month: str) -> None:
    """Enter what a supplier claims for a month, at six per cent tax."""
    contract = books.get(Contract, engaged.contract_id)
    claim(books, contract, ("1", f"{minor // 100}.{minor % 100:02}"), month=month)


def claim_of_people(books: Books, claims: Sequence[tuple[Engaged, int, int]], month: str) -> None:
    """Enter claims of people: who, how much, and the how many-th of her month; all matched.

    A supplier's month has one reconciliation for each of her claims, the later one a version.
    """
    count = len(claims)
    of = [each.contract_id for each, _, _ in claims]
    who = [each.supplier_id for each, _, _ in claims]
    net = [minor for _, minor, _ in claims]
    sheets = entered(
        books,
        ServiceSheet,
        "accepted",
        reference=books.references("SES", count),
        contract_id=of,
        month=month,
        source_sha256=hashes(books, count),
        submitted_by="he.hengxin",
        submitted_on=books.as_of,
    )
    work = _work(books, sheets, of, net)
    invoices = _invoices(books, who, of, net, month)
    lines = _lines(books, invoices, work, net)
    explained = entered(
        books,
        Reconciliation,
        "sealed",
        reference=books.references("REC", count),
        supplier_id=who,
        month=month,
        version=[turn for _, _, turn in claims],
        as_of=books.as_of,
        rules="{}",
        inputs_sha256=SHA,
        result_sha256=SHA,
    )
    filled(
        books,
        Allocation,
        reconciliation_id=explained,
        invoice_line_id=lines,
        work_item_id=work,
        quantity_e4=10_000,
        amount_minor=net,
    )


def _work(books: Books, sheets: list[int], of: list[int], net: list[int]) -> list[int]:
    return filled(
        books,
        WorkItem,
        reference=books.references("WRK", len(of)),
        service_sheet_id=sheets,
        contract_id=of,
        order_line_id=None,
        line=1,
        term="piece",
        description="labels",
        performed_on=books.as_of.replace(day=1),
        basis_minor=0,
        quantity_e4=10_000,
        accepted_e4=10_000,
        claimed_e4=10_000,
        price_e6=[minor * 10_000 for minor in net],
        currency="CNY",
        accepted_on=books.as_of,
        grade=None,
    )


def _invoices(
    books: Books, who: list[int], of: list[int], net: list[int], month: str
) -> list[int]:
    count = len(of)
    files = entered(
        books,
        ReceivedFile,
        "booked",
        reference=books.references("FIL", count),
        sha256=hashes(books, count),
        name="invoice.xml",
        size=2048,
        received_on=books.as_of,
        supplier_id=None,
    )
    references = books.references("INV", count)
    return entered(
        books,
        Invoice,
        "accepted",
        reference=references,
        received_file_id=files,
        supplier_id=who,
        contract_id=of,
        kind="invoice",
        format="ubl",
        number=references,
        number_normalised=[reference.replace("-", "") for reference in references],
        issue_date=books.as_of,
        month=month,
        currency="CNY",
        net_minor=net,
        tax_minor=0,
        gross_minor=net,
    )


def _lines(books: Books, invoices: list[int], work: list[int], net: list[int]) -> list[int]:
    return filled(
        books,
        InvoiceLine,
        invoice_id=invoices,
        line=1,
        number="1",
        description="labels",
        quantity_e4=10_000,
        price_e6=[minor * 10_000 for minor in net],
        net_minor=net,
        tax_category="E",
        tax_rate_e4=0,
        tax_minor=None,
        work_reference="",
        work_item_id=work,
    )


Everybody = Mapping[Freelancer | Agency, Engaged]
