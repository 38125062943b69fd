"""Sets the contract of a case from its proposal: the fields every template asks for."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from vendorops.books import Books
from vendorops.documents.contracts import RenderedContract, render_contract
from vendorops.documents.fields import ContractFields, ContractTerm
from vendorops.documents.settable import check_settable
from vendorops.domain.measure import price_text
from vendorops.domain.money import Money
from vendorops.domain.program import Program
from vendorops.programs import program
from vendorops.tables import LegalEntity, Party, Qualification, Supplier

UNITS = {"HUR": "小时 hour", "C62": "件 unit"}
"""How people read the commonest codes of UN/ECE Recommendation 20."""
LANGUAGES = {"cn": "zh,en"}
"""The languages of a contract where the parties did not choose: by place, else English."""
PER_CENT_E6 = 10_000
"""One per cent of a share, in millionths."""


def proposal_of(case: Qualification) -> dict[str, Any]:
    """Return the commercial terms applied for, as the case keeps them."""
    return dict(json.loads(case.proposal))


def draft_contract(books: Books, case: Qualification, reference: str) -> RenderedContract:
    """Set the contract of a case in the wording of the day; refused where a field is missing."""
    fields = _fields(books, case, reference).as_data()
    return render_contract(books.settings.templates, case.program, case.place, books.as_of, fields)


def check_draft(books: Books, case: Qualification) -> None:
    """Refuse what `draft_contract` would, but set the contracts of many cases only once."""
    fields = _fields(books, case, case.reference).as_data()
    check_settable(books, case.program, case.place, fields)


def _fields(books: Books, case: Qualification, reference: str) -> ContractFields:
    ours = books.get(Party, books.get(LegalEntity, case.legal_entity_id).party_id)
    theirs = books.get(Party, books.get(Supplier, case.supplier_id).party_id)
    kind, proposal = program(case.program), proposal_of(case)
    return ContractFields(
        reference=reference,
        day=books.as_of,
        program_title=f"{kind.title_zh} {kind.title}",
        buyer_name=ours.name,
        buyer_identifier_masked=ours.identifier_masked,
        supplier_name=theirs.name,
        supplier_identifier_masked=theirs.identifier_masked,
        supplier_kind=theirs.kind,
        start=date.fromisoformat(proposal["start"]),
        end=date.fromisoformat(proposal["end"]),
        currency=proposal["currency"],
        cap=Money(int(proposal["cap_minor"]), proposal["currency"]),
        scope=proposal["scope"],
        terms=tuple(_term(kind, term) for term in proposal["terms"]),
        review_days=int(proposal["review_days"]),
        payment_days=int(proposal["payment_days"]),
        languages=LANGUAGES.get(case.place, "en"),
        notice_days=int(proposal["notice_days"]),
        particulars=proposal["particulars"],
    )


def _term(kind: Program, proposed: dict[str, Any]) -> ContractTerm:
    known = kind.term(proposed["code"])
    value = int(proposed["value_e6"])
    return ContractTerm(
        code=known.code,
        description=proposed["description"],
        unit=UNITS.get(known.unit, known.unit),
        price=share_text(value) if known.kind == "share" else price_text(value),
        since=date.fromisoformat(proposed["valid_from"]),
        volume=proposed["volume"],
    )


def share_text(value_e6: int) -> str:
    """Write a share as people read it.

    >>> share_text(180_000), share_text(175_000)
    ('18 %', '17.5 %')
    """
    return f"{(Decimal(value_e6) / PER_CENT_E6).normalize():f} %"
