"""What was agreed and what was done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from tests.make.days import ENDS_ON, MONTH, SHA, STARTS_ON
from tests.make.parties import legal_entity, qualification, supplier
from tests.make.rows import put, reach
from vendorops.books import Books
from vendorops.documents import facts_json, facts_sha256
from vendorops.domain.contract_facts import ContractFacts, PaymentTerm, Rate
from vendorops.domain.lifecycle import ContractStatus, ServiceSheetStatus
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.programs import program
from vendorops.tables import Contract, ContractTerm, ServiceSheet, Supplier, WorkItem
from vendorops.working.budgets import take_for

TERM = {"code": "regular_hours", "kind": "price", "unit": "HUR", "value": "46.50"}


def contract(
    books: Books,
    of: Supplier | None = None,
    terms: Sequence[dict[str, Any]] = (TERM,),
    **changed: Any,
) -> Contract:
    """A contract in force from October 2026 for a year, with one hourly price."""
    of = of or supplier(books)
    program = changed.get("program", "staffing")
    place = changed.get("place", "cn")
    qualified = changed.get("qualification_id")
    usual = {
        "reference": books.reference("CON"),
        "qualification_id": qualified or qualification(books, of, program=program, place=place).id,
        "supplier_id": of.id,
        "legal_entity_id": legal_entity(books).id,
        "program": program,
        "place": place,
        "currency": "CNY",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "cap_minor": 100_000_000,
        "template": f"{program}/{place}/2026-01-01",
        "document_sha256": SHA,
        "sent_sha256": SHA,
        "signed_sha256": SHA,
        "signed_by": "he.hengxin",
        "status": ContractStatus.EFFECTIVE,
    }
    facts = changed.pop("facts", None) or facts_json(agreed(terms, {**usual, **changed}))
    told = {"facts": facts, "facts_sha256": facts_sha256(facts)}
    row = put(books, Contract, usual | told, changed)
    for term in terms:
        contract_term(books, row, **term)
    return row


def agreed(terms: Sequence[dict[str, Any]], columns: dict[str, Any]) -> ContractFacts:
    """The facts of a contract of such columns; claims are paid on the next day banks work."""
    rates = [
        Rate(
            code=term.get("code", "regular_hours"),
            value_e6=price_e6(term.get("value", "46.50")),
            description="正常工时 Normal hour",
            valid_from=term.get("valid_from", columns["starts_on"]),
        )
        for term in terms
    ]
    return ContractFacts(
        currency=columns["currency"],
        starts_on=columns["starts_on"],
        ends_on=columns["ends_on"],
        cap_minor=columns["cap_minor"],
        languages="zh,en",
        scope="分拣 sorting",
        rates=tuple(rates) or (Rate("regular_hours", 0, "nothing", columns["starts_on"]),),
        law=columns["place"],
        tax_treatment="exclusive",
        payment=PaymentTerm(days=0),
        overtime=program(columns["program"]).overtime,
    )


def contract_term(
    books: Books, of: Contract, value: str = "46.50", **changed: Any
) -> ContractTerm:
    """One price of a contract; `value` is the price, or the share, as people write it."""
    usual = {
        "contract_id": of.id,
        "code": "regular_hours",
        "kind": "price",
        "unit": "HUR",
        "description": "正常工时 Normal hour",
        "value_e6": price_e6(value),
        "valid_from": of.starts_on,
    }
    return put(books, ContractTerm, usual, changed)


def done(quantity: str = "40", price: str = "46.50", **changed: Any) -> dict[str, Any]:
    """Return the columns of one work item; `accepted` and `claimed` as people write them."""
    accepted = quantity_e4(changed.pop("accepted", quantity))
    performed = changed.get("performed_on", date(2026, 10, 9))
    return {
        "term": "regular_hours",
        "description": "分拣 sorting, week 41",
        "performed_on": performed,
        "accepted_on": performed if accepted else None,
        "quantity_e4": quantity_e4(quantity),
        "accepted_e4": accepted,
        "claimed_e4": quantity_e4(changed.pop("claimed", "0")),
        "price_e6": price_e6(price),
        **changed,
    }


def service_sheet(
    books: Books,
    of: Contract | None = None,
    items: Sequence[dict[str, Any]] | None = None,
    **changed: Any,
) -> ServiceSheet:
    """An accepted sheet of one piece of work, unless given others made by `done`."""
    of = of or contract(books)
    usual = {
        "reference": books.reference("SES"),
        "contract_id": of.id,
        "month": MONTH,
        "source_sha256": f"{books.key():064x}",
        "submitted_by": "he.hengxin",
        "submitted_on": ENDS_ON.replace(year=2026, month=10, day=31),
        "status": ServiceSheetStatus.ACCEPTED,
    }
    row = put(books, ServiceSheet, usual, changed)
    for line, item in enumerate([done()] if items is None else items, start=1):
        where = {
            "reference": books.reference("WRK"),
            "service_sheet_id": row.id,
            "contract_id": of.id,
            "line": line,
            "currency": of.currency,
        }
        put(books, WorkItem, where, item)
    made = items_of(books, row)
    take_for(books, made, {item.reference: item.accepted_e4 for item in made})
    return row


def accept(books: Books, sheet: ServiceSheet) -> None:
    """Accept a submitted sheet whole, off the budgets of its orders, as the stage would."""
    items = items_of(books, sheet)
    take_for(books, items, {item.reference: item.quantity_e4 for item in items})
    for item in items:
        item.accepted_e4, item.accepted_on = item.quantity_e4, books.as_of
    reach(books, sheet, ServiceSheetStatus.ACCEPTED)


def items_of(books: Books, sheet: ServiceSheet) -> list[WorkItem]:
    """Return the work of a sheet, line by line."""
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    return list(books.session.exec(query.order_by(col(WorkItem.line))))
