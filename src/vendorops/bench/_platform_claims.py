"""What people of a platform claim for a month, and what they were paid in the months before."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from vendorops.bench._filling import fill
from vendorops.tables import (
    Allocation,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    Reconciliation,
    ServiceSheet,
    Settlement,
    Withholding,
    WorkItem,
)

Whole = NDArray[np.int64]
MONTH, RECEIVED = "2027-02", "2027-03-01"
"""Month of work, and the day on which it was claimed."""
EARLIER = ("2027-01", "2027-02")
"""Months of payment before the one that is paid in March."""
SHA = "0" * 64
FIRST = 1000
"""Key of the first payee's rows; those of the company lie below."""


class Crowd(NamedTuple):
    """What people earned: a row for each, columns for the earlier months, and the claim."""

    earlier: Whole
    withheld: Whole
    net: Whole


def enter_claims(connection: Connection, keys: Whole, some: Crowd) -> None:
    ident, net = keys.tolist(), some.net.tolist()
    texts = [*map(str, ident)]
    sheet = {"id": ident, "reference": [f"SES-2027-{text}" for text in texts], "month": MONTH}
    by = {"contract_id": ident, "source_sha256": SHA, "submitted_by": "x"}
    fill(connection, ServiceSheet, sheet | by | {"submitted_on": RECEIVED, "status": "accepted"})
    item = {
        "id": ident,
        "reference": [f"WRK-2027-{text}" for text in texts],
        "service_sheet_id": ident,
        "contract_id": ident,
        "order_line_id": None,
        "line": 1,
        "term": "piece",
        "description": "labels",
        "performed_on": f"{MONTH}-15",
        "quantity_e4": 10_000,
        "accepted_e4": 10_000,
        "claimed_e4": 10_000,
        "price_e6": [each * 10_000 for each in net],
        "currency": "CNY",
        "accepted_on": RECEIVED,
    }
    fill(connection, WorkItem, item)
    file = {"name": "x", "size": 1, "received_on": RECEIVED, "status": "booked"}
    named = {"reference": [f"FIL-2027-{text}" for text in texts]}
    fill(connection, ReceivedFile, file | named | {"id": ident, "sha256": texts})
    _enter_invoices(connection, ident, net)


def _enter_invoices(connection: Connection, ident: list[int], net: list[int]) -> None:
    texts = [*map(str, ident)]
    invoice = {
        "id": ident,
        "reference": [f"INV-2027-{text}" for text in texts],
        "received_file_id": ident,
        "supplier_id": ident,
        "contract_id": ident,
        "kind": "invoice",
        "format": "ubl",
        "number": texts,
        "number_normalised": texts,
        "issue_date": RECEIVED,
        "month": MONTH,
        "currency": "CNY",
        "net_minor": net,
        "tax_minor": 0,
        "gross_minor": net,
    }
    fill(connection, Invoice, {**invoice, "status": "accepted"})
    line = {
        "id": ident,
        "invoice_id": ident,
        "line": 1,
        "number": "1",
        "description": "labels",
        "tax_category": "E",
        "tax_rate_e4": 0,
        "quantity_e4": 10_000,
        "price_e6": [each * 10_000 for each in net],
        "net_minor": net,
        "work_reference": "",
        "work_item_id": ident,
    }
    fill(connection, InvoiceLine, line)
    sealed = {"reference": [f"REC-2027-{text}" for text in texts], "supplier_id": ident}
    said = {"as_of": RECEIVED, "rules": "{}", "inputs_sha256": SHA, "result_sha256": SHA}
    month = {"id": ident, "month": MONTH, "status": "sealed"}
    fill(connection, Reconciliation, sealed | said | month)
    explained = {"id": ident, "reconciliation_id": ident, "invoice_line_id": ident}
    matched = {"work_item_id": ident, "quantity_e4": 10_000, "amount_minor": net}
    fill(connection, Allocation, explained | matched)


def enter_earlier(connection: Connection, at: Whole, some: Crowd) -> None:
    for month, of in enumerate(EARLIER):
        paid = np.flatnonzero(some.earlier[:, month])
        keys = (at[paid] * len(EARLIER) + month + FIRST).tolist()
        income, kept = some.earlier[paid, month], some.withheld[paid, month]
        who = (at[paid] + FIRST).tolist()
        settled = {
            "id": keys,
            "reference": [f"SET-2026-{key}" for key in keys],
            "supplier_id": who,
            "contract_id": who,
            "reconciliation_id": who,
            "month": f"2026-{of[-2:]}",
            "as_of": RECEIVED,
            "due_on": RECEIVED,
            "currency": "CNY",
            "net_minor": income.tolist(),
            "tax_minor": 0,
            "withheld_minor": kept.tolist(),
            "payable_minor": (income - kept).tolist(),
            "content_sha256": SHA,
            "settlement_run_id": None,
        }
        fill(connection, Settlement, {**settled, "status": "sealed"})
        taxed = {
            "id": keys,
            "settlement_id": keys,
            "party_id": who,
            "place": "cn",
            "tax": "cn.iit.platform_cumulative",
            "income_kind": "labor_remuneration",
            "month": of,
            "currency": "CNY",
            "income_minor": income.tolist(),
            "base_minor": income.tolist(),
            "amount_minor": kept.tolist(),
            "rule": "2025-10-01",
            "citations": "[]",
            "filing_id": None,
        }
        fill(connection, Withholding, {**taxed, "status": "booked"})
