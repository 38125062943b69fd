"""People assigned by staffing agencies, and the time and money they are reported with."""

import json
from typing import Any

from sqlmodel import select

from tests.make.days import AS_OF, SHA, STARTS_ON
from tests.make.orders import work_order, worker
from tests.make.parties import licensed, party_of, supplier
from tests.make.people import people, signer
from tests.make.rows import put
from tests.make.work import contract
from vendorops.books import Books
from vendorops.domain.lifecycle import RateCardStatus
from vendorops.domain.measure import price_e6
from vendorops.tables import (
    Contract,
    ExpensePolicy,
    Person,
    RateCard,
    RateLine,
    Supplier,
    Worker,
    WorkOrder,
)

THEIRS = "he.hengxin"
"""Who hands time in for the supplier of `agency`."""


def agency(books: Books, **changed: Any) -> Contract:
    """A contract in force of a licensed agency, with our people and one of its own."""
    of = supplier(books)
    licensed(books, of, "staffing")
    if not books.session.exec(select(Person)).first():
        people(books)
        signer(books, party_of(books, of), THEIRS)
    return contract(books, of, **changed)


def assignment(
    books: Books, under: Contract, number: int = 1, price: str = "52.00", **changed: Any
) -> WorkOrder:
    """An active order for one person of the agency; equal numbers are one person."""
    of = changed.pop("of", None) or books.get(Supplier, under.supplier_id)
    index = f"{number:064d}"
    query = select(Worker).filter_by(supplier_id=of.id, identifier_index=index)
    person = books.session.exec(query).one_or_none() or worker(books, of, identifier_index=index)
    return work_order(books, under, price, worker_id=person.id, **changed)


def time_form(order: WorkOrder, *entries: tuple[str, str, str], period: str = "week") -> bytes:
    """A timesheet as a supplier writes it; each entry is day, kind and quantity."""
    return _form(work_order=order.reference, period=period, entries=_entries(entries))


def correction_form(sheet: str, *entries: tuple[str, str, str], reason: str = "typo") -> bytes:
    """A correction of a timesheet."""
    return _form(timesheet=sheet, reason=reason, entries=_entries(entries))


def time_file(*rows: tuple[WorkOrder, str, str, str]) -> bytes:
    """Time in bulk as CSV."""
    lines = ["work_order,day,kind,quantity"]
    lines += [f"{order.reference},{day},{kind},{quantity}" for order, day, kind, quantity in rows]
    return "\n".join(lines).encode()


def _entries(entries: tuple[tuple[str, str, str], ...]) -> list[dict[str, str]]:
    return [{"day": day, "kind": kind, "quantity": much} for day, kind, much in entries]


def _form(**said: Any) -> bytes:
    return json.dumps(said).encode()


def rate_card(
    books: Books, of: Supplier, cap: str = "60.00", lines: int = 1, **changed: Any
) -> RateCard:
    """An effective card with a cap on the normal hour of everybody."""
    usual = {
        "reference": books.reference("RTC"),
        "supplier_id": of.id,
        "currency": "CNY",
        "valid_from": STARTS_ON,
        "source_sha256": SHA,
        "proposed_by": "lin.buyer",
        "proposed_on": AS_OF,
        "status": RateCardStatus.EFFECTIVE,
    }
    row = put(books, RateCard, usual, changed)
    if lines:
        rate_line(books, row, cap_e6=price_e6(cap))
    return row


def rate_line(books: Books, of: RateCard, **changed: Any) -> RateLine:
    """A normal hour of 50.00, without pay and mark-up told apart."""
    usual = {
        "rate_card_id": of.id,
        "category": "regular",
        "unit": "hour",
        "bill_e6": price_e6("50.00"),
        "valid_from": of.valid_from,
    }
    return put(books, RateLine, usual, changed)


def expense_policy(books: Books, **changed: Any) -> ExpensePolicy:
    """Travel is paid back up to 800.00 a line, with a receipt."""
    usual = {
        "code": "travel",
        "term": "expense",
        "currency": "CNY",
        "cap_minor": 80_000,
        "receipt": 1,
        "valid_from": STARTS_ON,
        "cite": "Travel policy 2",
    }
    return put(books, ExpensePolicy, usual, changed)
