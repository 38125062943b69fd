"""Statements of work, what is delivered under them, and what is measured."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.make.days import ENDS_ON, STARTS_ON
from tests.make.parties import bank_account, licensed, party_of, supplier
from tests.make.people import people, person, reply, signer
from tests.make.rows import only, reach
from tests.make.work import agreed, contract
from vendorops.books import Books, Opener
from vendorops.documents import facts_json
from vendorops.domain.contract_facts import Acceptance, ServiceLevel
from vendorops.domain.measure import quantity_e4
from vendorops.domain.service_levels import Measured
from vendorops.stages import sweep
from vendorops.stages.deliveries import Delivered, Evidence
from vendorops.stages.deliveries import deliver as enter_delivery
from vendorops.stages.service_levels import Reading
from vendorops.stages.service_levels import measure as enter_measurement
from vendorops.tables import Contract, Delivery, Measurement, WorkOrder
from vendorops.working.statements_of_work import place_statement, read_statement

OUTSOURCED = ({"code": "document_processed", "unit": "C62", "value": "0.85"},)
LEVELS = (
    ServiceLevel("turnaround", "handled within two days", 970_000, 50_000, 80_000),
    ServiceLevel("accuracy", "captured without error", 995_000, 50_000, 80_000),
)
LINES = """
  - {kind: event, description: Archive database, price: 120000.00, due: 2026-10-09, least_grade: B}
  - {kind: schedule, description: Platform fee, instalments: [
      {due: 2026-10-15, amount: 5000.00}, {due: 2026-11-15, amount: 5000.00}]}
  - {kind: unit, code: document_processed, description: Documents, price: 0.905, most: 50000}
  - {kind: no_cost, description: Kick-off meeting, due: 2026-10-02}
  - {kind: time, description: Consulting, price: 433.33, most: 40}
"""
"""Lines 1 to 6: the two instalments are lines 2 and 3."""
EVENT, FIRST_FEE, SECOND_FEE, UNITS, KICK_OFF, HOURS = range(1, 7)
FINE = "{share: 0.005, cap: 0.1}"


def outsourcing(books: Books, deemed_days: int = 0, **changed: Any) -> Contract:
    """A contract with a business-process outsourcer that may work, and people on both sides."""
    of = supplier(books, kind="bpo")
    columns = {
        "program": "bpo",
        "place": "cn",
        "currency": "CNY",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "cap_minor": 100_000_000,
    }
    facts = replace(
        agreed(OUTSOURCED, columns),
        acceptance=Acceptance(5, deemed_days),
        service_levels=changed.pop("levels", LEVELS),
    )
    row = contract(books, of, OUTSOURCED, program="bpo", facts=facts_json(facts), **changed)
    people(books)
    person(books, "gao.ops")
    licensed(books, of, "bpo", "cn")
    signer(books, party_of(books, of))
    bank_account(books, party_of(books, of))
    return row


def statement_yaml(of: Contract, lines: str = LINES, fine: str = FINE, **changed: Any) -> bytes:
    """A statement of work as people write it."""
    told = {
        "contract": of.reference,
        "title": "Digitising the archive",
        "start": STARTS_ON,
        "end": date(2027, 1, 1),
        "budget": "200000.00",
        "grades": "[A, B, C]",
        **({"late_fine": fine} if fine else {}),
        **changed,
    }
    head = "".join(f"{name}: {value}\n" for name, value in told.items())
    return f"{head}lines:{lines}".encode()


def statement(
    books: Books, of: Contract | None = None, status: str = "active", **changed: Any
) -> WorkOrder:
    """A statement of work of all five kinds of line, begun."""
    of = of or outsourcing(books)
    placed = place_statement(books, read_statement(statement_yaml(of, **changed)))
    return reach(books, placed, status)


def delivered(
    opener: Callable[..., Opener],
    number: int,
    day: date = date(2026, 10, 8),
    quantity: str = "1",
    *,
    by: str = "he.hengxin",
    as_of: date | None = None,
    **more: Any,
) -> str:
    """Report a delivery under the one statement of work there is; returns its reference."""
    with opener(as_of=as_of or day, actor=by)() as books:
        order = only(books, WorkOrder)
        evidence: Sequence[Evidence] = more.pop("evidence", [Evidence(b"%PDF proof", ".pdf")])
        said = Delivered(number, day, evidence, quantity_e4(quantity), **more)
        row: Delivery = enter_delivery(books, order, said)
        return row.reference


def decide_deliveries(
    opener: Callable[..., Opener],
    as_of: date,
    says: str = "approve",
    detail: dict[str, Any] | None = None,
) -> None:
    """Let a buyer answer about all that goes on a sheet by a day."""
    for stage in ("deliveries", "acceptance"):
        sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))
    reply(opener, "acceptance", "lin.buyer", says, detail=detail, as_of=as_of)
    for stage in ("acceptance", "deliveries"):
        sweep(stage, opener(as_of=as_of, actor=f"system:{stage}"))


def measured(
    opener: Callable[..., Opener],
    level: str,
    good: int,
    total: int,
    *,
    month: str = "2026-10",
    by: str = "gao.ops",
    as_of: date = date(2026, 11, 2),
    correct: bool = False,
) -> str:
    """Report a measurement under the one contract there is; returns its reference."""
    with opener(as_of=as_of, actor=by)() as books:
        of = only(books, Contract)
        report = f"{level} {good}/{total}".encode()
        said = Reading(level, month, Measured(good, total), report, ".txt", correct)
        row: Measurement = enter_measurement(books, of, said)
        return row.reference
