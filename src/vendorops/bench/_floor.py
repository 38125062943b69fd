"""The least that reconciling takes: read the columns, match them in memory, write the verdicts."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vendorops.bench._lines import CENT_E10

Whole = NDArray[np.int64]

READ_LINES = """
SELECT id, invoice_id, quantity_e4, price_e6, net_minor, COALESCE(work_item_id, 0)
FROM invoiceline ORDER BY id
"""
READ_WORK = """
SELECT id, accepted_e4, price_e6, currency = 'CNY' AND performed_on >= '2026-10-01'
FROM workitem ORDER BY id
"""
SCRATCH = """
CREATE TABLE floor_verdict
  (line INTEGER PRIMARY KEY, work INTEGER, quantity INTEGER, amount INTEGER, rest INTEGER)
"""
WRITE = "INSERT INTO floor_verdict VALUES (?, ?, ?, ?, ?)"


def floor(path: str) -> int:
    """Match all lines of a database with NumPy; return how many are not fully explained."""
    connection = sqlite3.connect(path)
    lines = _columns(connection.execute(READ_LINES).fetchall())
    work = _columns(connection.execute(READ_WORK).fetchall())
    quantity, amount = _match(lines, work)
    rest = lines[4] - amount
    rows = zip(*(column.tolist() for column in (lines[0], lines[5], quantity, amount, rest)))  # noqa: B905 - the columns are of one table.
    connection.execute(SCRATCH)
    connection.executemany(WRITE, rows)
    connection.commit()
    connection.close()
    return int((quantity < np.abs(lines[2])).sum())


def _columns(rows: Sequence[Any]) -> Whole:
    return np.array(rows, dtype=np.int64).T


def _match(lines: Whole, work: Whole) -> tuple[Whole, Whole]:
    """Return the quantity and the amount that accepted work stands for, line by line."""
    _, _, quantity, price, net, named = lines
    at = np.minimum(np.searchsorted(work[0], named), work.shape[1] - 1)
    known = (work[0][at] == named) & (work[3][at] == 1) & (quantity > 0)
    accepted, agreed = work[1][at], work[2][at]
    own = _half_up(quantity * price)
    near = np.abs(price - agreed) * 100 <= agreed
    sound = known & (np.abs(net - own) <= 1) & ((price >= agreed) | near)
    wanted = np.where(sound, np.minimum(quantity, accepted), 0)
    order = np.argsort(named, kind="stable")
    running = np.cumsum(wanted[order]) - wanted[order]
    first = np.r_[True, named[order][1:] != named[order][:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    before = np.empty_like(running)
    before[order] = running - running[start]
    taken = np.clip(accepted - before, 0, wanted)
    return taken, np.where(near, _half_up(taken * price), _half_up(taken * agreed))


def _half_up(product: Whole) -> Whole:
    return (product + CENT_E10 // 2) // CENT_E10
