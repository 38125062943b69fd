"""Enters a seeded month of claims into empty books: suppliers, contracts, work, invoices."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert

from vendorops.bench._lines import DEFECTS, Kind, Lines, draw
from vendorops.documents import facts_json, facts_sha256
from vendorops.domain.contract_facts import ContractFacts, Rate
from vendorops.tables import (
    Contract,
    Invoice,
    InvoiceLine,
    LegalEntity,
    Party,
    Qualification,
    ReceivedFile,
    Row,
    ServiceSheet,
    Supplier,
    Tolerance,
    WorkItem,
)

MONTH = "2026-10"
STEP = 1_000_000
"""Keys of one supplier and table start at its number times this."""
SUPPLIER_LINES = 10_000
CLAIM_LINES = 500
SHA = "0" * 64
CAP_MINOR = 10**14
_AGREED = facts_json(
    ContractFacts(
        currency="CNY",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        cap_minor=CAP_MINOR,
        languages="en",
        scope="sorting",
        rates=(Rate("regular_hours", 1, "sorting", date(2026, 1, 1)),),
        law="cn",
        tax_treatment="exclusive",
    )
)
FACTS = (_AGREED, facts_sha256(_AGREED))


def enter_month(connection: Connection, lines: int, seed: int) -> set[int]:
    """Enter the month and return the keys of the lines that must be disputed."""
    suppliers = max(2, lines // SUPPLIER_LINES)
    enter_company(connection)
    wrong: set[int] = set()
    for number in range(1, suppliers + 1):
        count = lines // suppliers + (number <= lines % suppliers)
        drawn = draw(count, CLAIM_LINES, seed + number)
        enter_supplier(connection, number)
        _enter_work(connection, number, drawn)
        _enter_claims(connection, number, drawn)
        defective = np.flatnonzero(drawn.kind >= min(DEFECTS))
        wrong.update(int(at) + number * STEP for at in defective)
    return wrong


def _put(connection: Connection, table: type[Row], rows: Iterable[Sequence[Any]]) -> None:
    """Enter rows given as the columns of a table, in their order, through the driver."""
    statement = str(insert(table).compile(dialect=connection.dialect))
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def enter_company(connection: Connection) -> None:
    """Enter our company, with a tolerance."""
    _put(connection, Party, [(1, "organization", "Acme", "cn", "cn_uscc", "**", "us", "", "")])
    _put(connection, LegalEntity, [(1, "ACME", 1, "CNY")])
    tolerance = (1, "price", "staffing", None, "CNY", 10_000, 10_000, "2026-01-01", "annex 2")
    _put(connection, Tolerance, [tolerance])


def enter_supplier(connection: Connection, number: int) -> None:
    """Enter the supplier of a number, its contract and an accepted sheet, all of one key."""
    key = number + 1
    party = (key, "organization", f"S{number}", "cn", "cn_uscc", "**", f"s{number}", "", "")
    _put(connection, Party, [party])
    _put(connection, Supplier, [(key, f"SUP-{number:06d}", key, "staffing", "qualified")])
    application = (SHA, "2026-09-01", "{}", f"s{number}", "", "", "", None, None, "approved")
    place = ("staffing", "cn")
    qualification = (key, f"QUA-{number:06d}", key, 1, *place, *application)
    _put(connection, Qualification, [qualification])
    period = ("2026-01-01", "2027-01-01", CAP_MINOR, 0)
    paper = ("staffing/cn", SHA, SHA, SHA, "x", "portal", "effective")
    agreed = (*place, 1, *FACTS, "CNY", *period, *paper)
    _put(connection, Contract, [(key, f"CON-{number:06d}", key, key, 1, *agreed)])
    sheet = (key, f"SES-{number:06d}", key, MONTH, SHA, "x", "2026-10-31", "accepted")
    _put(connection, ServiceSheet, [sheet])


def _enter_work(connection: Connection, number: int, drawn: Lines) -> None:
    columns = (drawn.kind, drawn.work_quantity, drawn.accepted, drawn.work_price)
    facts = zip(*(column.tolist() for column in columns), strict=True)
    _put(
        connection,
        WorkItem,
        (
            (
                number * STEP + at,
                f"WRK-{number * STEP + at}",
                *(number + 1, number + 1, None, at + 1, "regular_hours", "sorting"),
                "2026-09-30" if kind == Kind.WRONG_PERIOD else "2026-10-09",
                *(0, quantity, accepted, 0, price),
                "USD" if kind == Kind.WRONG_CURRENCY else "CNY",
            )
            for at, (kind, quantity, accepted, price) in enumerate(facts)
        ),
    )


def _enter_claims(connection: Connection, number: int, drawn: Lines) -> None:
    starts = range(0, len(drawn.kind), CLAIM_LINES)
    keys = [number * STEP + start for start in starts]
    _put(
        connection,
        ReceivedFile,
        ((key, f"FIL-{key}", f"{key:064d}", "x", 1, "2026-11-01", "booked") for key in keys),
    )
    nets = [int(drawn.net[start : start + CLAIM_LINES].sum()) for start in starts]
    _put(
        connection,
        Invoice,
        (
            (
                *(key, f"INV-{key}", key, number + 1, number + 1, "invoice", "ubl"),
                *(f"{key}", f"{key}", "2026-10-31", MONTH, "CNY", net, 0, net, "in_process"),
            )
            for key, net in zip(keys, nets, strict=True)
        ),
    )
    _put(connection, InvoiceLine, _lines(number, drawn))


def _lines(number: int, drawn: Lines) -> Iterable[Sequence[Any]]:
    columns = (drawn.quantity, drawn.price, drawn.net, drawn.work)
    facts = zip(*(column.tolist() for column in columns), strict=True)
    for at, (quantity, price, net, work) in enumerate(facts):
        claim, line = divmod(at, CLAIM_LINES)
        item = None if work < 0 else number * STEP + work
        yield (
            *(number * STEP + at, number * STEP + claim * CLAIM_LINES, line + 1, str(line + 1)),
            *("sorting", quantity, price, net, "S", 600, f"WRK-{item}", item),
        )
