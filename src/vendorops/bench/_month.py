"""Enters a seeded month of claims into empty books: suppliers, contracts, work, invoices.

A few suppliers claim most of it, as in every company: the second half as much as the first, the
third a third (Zipf). They are paid in several currencies, and every tenth has a second contract.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection

from vendorops.bench._company import CURRENCIES, MONTH, enter_company, enter_supplier
from vendorops.bench._filling import fill
from vendorops.bench._lines import DEFECTS, Kind, Lines, Whole, draw
from vendorops.domain.money import exponent
from vendorops.tables import Invoice, InvoiceLine, ReceivedFile, WorkItem

FIRST, LAST = date(2026, 10, 28), date(2026, 10, 31)
ACCEPTED = date(2026, 10, 12)
RATE_E4 = 600
PERFORMED, TOO_EARLY = date(2026, 10, 9), date(2026, 9, 30)
SUPPLIER_LINES = 5_000
"""Lines of a supplier on the average."""
OTHER = "GBP"
"""Agreed where the wrong currency is claimed."""


class Held(NamedTuple):
    """One supplier of the month, and where the keys of its rows begin."""

    number: int
    contracts: list[int]
    currency: str
    first_line: int
    first_claim: int


def enter_month(connection: Connection, lines: int, seed: int) -> Whole:
    """Enter the month and return the keys of the lines that must be disputed."""
    enter_company(connection)
    first_line, first_claim, contract = 1, 1, 1
    wrong = []
    for number, count in enumerate(sizes(lines), start=1):
        contracts = [contract, contract + 1] if number % 10 == 0 else [contract]
        currency = CURRENCIES[number % len(CURRENCIES)]
        of = Held(number, contracts, currency, first_line, first_claim)
        drawn = draw(count, seed + number, places=exponent(currency), contracts=len(contracts))
        enter_supplier(connection, number, currency=currency, contracts=contracts)
        _enter_work(connection, of, drawn)
        _enter_claims(connection, of, drawn)
        wrong.append(np.flatnonzero(drawn.kind >= min(DEFECTS)) + first_line)
        first_line, first_claim = first_line + count, first_claim + int(drawn.claim[-1]) + 1
        contract += len(contracts)
    return np.concatenate(wrong)


def sizes(lines: int, each: int = SUPPLIER_LINES) -> Iterator[int]:
    """Return how many lines each supplier claims, `each` on the average, the largest first."""
    suppliers = max(2, lines // each)
    shares = 1 / np.arange(1, suppliers + 1)
    ends = np.rint(np.cumsum(shares) / shares.sum() * lines).astype(int)
    return (int(size) for size in np.diff(ends, prepend=0) if size)


def _enter_work(connection: Connection, of: Held, drawn: Lines) -> None:
    keys = range(of.first_line, of.first_line + len(drawn.kind))
    contract = [of.contracts[at % len(of.contracts)] for at in drawn.claim.tolist()]
    early = (drawn.kind == Kind.WRONG_PERIOD).tolist()
    other = (drawn.kind == Kind.WRONG_CURRENCY).tolist()
    columns = {
        "id": [*keys],
        "reference": [f"WRK-2026-{key:06d}" for key in keys],
        "service_sheet_id": contract,
        "contract_id": contract,
        "order_line_id": None,
        "line": [*keys],
        "term": "regular_hours",
        "description": "sorting",
        "performed_on": [str(TOO_EARLY if is_early else PERFORMED) for is_early in early],
        "quantity_e4": drawn.work_quantity.tolist(),
        "accepted_e4": drawn.accepted.tolist(),
        "price_e6": drawn.work_price.tolist(),
        "currency": [OTHER if is_other else of.currency for is_other in other],
        "accepted_on": [
            str(TOO_EARLY if is_early else ACCEPTED) if accepted else None
            for is_early, accepted in zip(early, drawn.accepted.tolist(), strict=True)
        ],
    }
    fill(connection, WorkItem, columns)


def _enter_claims(connection: Connection, of: Held, drawn: Lines) -> None:
    count = int(drawn.claim[-1]) + 1
    keys = [*range(of.first_claim, of.first_claim + count)]
    first = np.searchsorted(drawn.claim, np.arange(count))
    kind = drawn.kind[first]
    net = np.add.reduceat(drawn.net, first) + 7 * (kind == Kind.DOCUMENT_TOTAL)
    tax = np.sign(net) * ((abs(net) * RATE_E4 + 5000) // 10_000)
    file = {"name": "x", "size": 1, "received_on": "2026-11-01", "status": "booked"}
    references = [f"FIL-2026-{key:06d}" for key in keys]
    named = {"id": keys, "reference": references, "sha256": [f"{key:064d}" for key in keys]}
    fill(connection, ReceivedFile, {**named, **file})
    days = (LAST - FIRST).days
    issued = [FIRST + timedelta(days=at % days + 1) for at in range(count)]
    issued[: len(of.contracts)] = [FIRST] * len(issued[: len(of.contracts)])
    claim = {
        "id": keys,
        "reference": [f"INV-2026-{key:06d}" for key in keys],
        "received_file_id": keys,
        "supplier_id": of.number + 1,
        "format": "ubl",
        "contract_id": [of.contracts[at % len(of.contracts)] for at in range(count)],
        "kind": np.where(kind == Kind.CREDITED, "credit_note", "invoice").tolist(),
        "number": [*map(str, keys)],
        "number_normalised": [*map(str, keys)],
        "issue_date": [*map(str, issued)],
        "month": MONTH,
        "currency": of.currency,
        "net_minor": net.tolist(),
        "tax_minor": tax.tolist(),
        "gross_minor": (net + tax).tolist(),
    }
    fill(connection, Invoice, {**claim, "status": "in_process"})
    _enter_lines(connection, of, drawn)


def _enter_lines(connection: Connection, of: Held, drawn: Lines) -> None:
    work = [at + of.first_line if at >= 0 else None for at in drawn.work.tolist()]
    columns = {
        "id": [*range(of.first_line, of.first_line + len(drawn.kind))],
        "invoice_id": (drawn.claim + of.first_claim).tolist(),
        "line": drawn.line.tolist(),
        "number": [*map(str, drawn.line.tolist())],
        "description": "sorting",
        "tax_category": "S",
        "tax_rate_e4": RATE_E4,
        "quantity_e4": drawn.quantity.tolist(),
        "price_e6": drawn.price.tolist(),
        "net_minor": drawn.net.tolist(),
        "work_reference": [f"WRK-2026-{at:06d}" if at else "PO 7-11" for at in work],
        "work_item_id": work,
    }
    fill(connection, InvoiceLine, columns)
