"""Reads the lines of many claims, and the work they name, by column.

The driver's own rows are taken apart at once: objects of an ORM, one for each row, would take
longer than the match.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from vendorops.domain.matching import Reason
from vendorops.domain.matching.columns import CODE, COVERS, Flags, Whole

AT_ONCE = 500
"""Rows that are objects of Python at one time: so few that the processor's caches hold them."""

# CROSS JOIN keeps SQLite from walking through all lines there ever were.
LINES = """
SELECT l.id, l.invoice_id, l.line, l.quantity_e4, l.price_e6, l.net_minor, l.tax_rate_e4,
  {accepted}, {claimed}, COALESCE(w.price_e6, 0),
  CASE WHEN w.id IS NOT NULL THEN w.id
    WHEN l.work_reference = '' THEN {no_reference}
    WHEN EXISTS (SELECT 1 FROM linecoverage AS v WHERE v.invoice_line_id = l.id) THEN {covers}
    WHEN EXISTS (
      SELECT 1 FROM workitem AS o JOIN contract AS d ON d.id = o.contract_id
      WHERE o.reference = l.work_reference AND d.supplier_id = c.supplier_id
        AND o.id < c.reconciliation_id) THEN {no_such_work}
    ELSE {unknown} END,
  l.tax_category, w.term, {performed_on}, {accepted_on}, w.currency, w.grade,
  w.reference, CASE WHEN w.id IS NULL THEN l.work_reference END, l.tax_minor
FROM matchclaim AS c
CROSS JOIN invoiceline AS l
LEFT JOIN referencecorrection AS x
  ON x.invoice_line_id = l.id AND x.id < c.reconciliation_id
LEFT JOIN workitem AS w
  ON w.id = COALESCE(x.work_item_id, l.work_item_id) AND w.contract_id = c.contract_id
{sealed}
WHERE l.invoice_id = c.invoice_id
"""
# Below zero, in the place of the work's key.
CODES = {
    "no_reference": ~CODE[Reason.NO_REFERENCE],
    "covers": ~COVERS,
    "no_such_work": ~CODE[Reason.NO_SUCH_WORK],
    "unknown": ~CODE[Reason.REFERENCE_UNKNOWN],
}
LIVE = {
    "accepted": "COALESCE(w.accepted_e4, 0)",
    "claimed": "COALESCE(w.claimed_e4, 0)",
    "sealed": "",
}
PAST = {
    "accepted": "COALESCE(s.accepted_e4, w.accepted_e4, 0)",
    "claimed": "COALESCE(s.claimed_e4, 0)",
    "sealed": """LEFT JOIN sealedwork AS s
      ON s.reconciliation_id = c.reconciliation_id AND s.work_item_id = w.id""",
}
"""Judged again later, work is taken as the reconciliation found it then."""
DAYS = {
    "sqlite": {"performed_on": "w.performed_on", "accepted_on": "w.accepted_on"},
    "postgresql": {
        "performed_on": "CAST(w.performed_on AS TEXT)",
        "accepted_on": "CAST(w.accepted_on AS TEXT)",
    },
}
"""A day is an ISO text."""


@dataclass(frozen=True)
class Coded:
    """A column of texts of which few are different: which of them each row has."""

    at: Whole
    values: NDArray[np.object_]

    def texts(self, rows: slice) -> list[str | None]:
        """Return the texts of some rows."""
        found: list[str | None] = self.values[self.at[rows]].tolist()
        return found

    def __getitem__(self, rows: Whole) -> "Coded":
        """Return some rows, in the order given."""
        return Coded(self.at[rows], self.values)

    def flags(self, tells: Callable[[str], bool]) -> Flags:
        """Tell of every row what holds for its text, asking once for each; of none it is False."""
        return np.array([bool(text) and tells(text) for text in self.values], np.bool_)[self.at]


@dataclass(frozen=True)
class Read:
    """Lines and their work by column; numbers of no work are 0, its texts None."""

    line_id: Whole
    invoice_id: Whole
    line: Whole
    quantity: Whole
    price: Whole
    net: Whole
    tax_rate: Whole
    accepted: Whole
    claimed: Whole
    agreed: Whole
    named: Whole
    """The key of its work; where it names none, the code of why, inverted."""
    tax_category: Coded
    term: Coded
    performed_on: Coded
    """Days are ISO texts, on both databases."""
    accepted_on: Coded
    currency: Coded
    grade: Coded
    reference: NDArray[np.object_]
    said: NDArray[np.object_]
    """What the line names, where it names no work of its contract."""
    own_tax: NDArray[np.object_]
    """What the line states of its tax; None where it states none."""

    @property
    def work(self) -> Whole:
        """The key of the work of each line; 0 for none."""
        return np.maximum(self.named, 0)

    @property
    def unnamed(self) -> Whole:
        """The code of why each line names no work; 0 where it does."""
        return np.where(self.named < 0, ~self.named, 0)

    def ordered(self, order: Whole) -> "Read":
        """Return the lines in another order."""
        columns = (getattr(self, each.name) for each in fields(self))
        made: Callable[..., Read] = Read
        return made(*(column[order] for column in columns))


KINDS = [each.type for each in fields(Read)]
WHOLE, CODED = KINDS.count(Whole), KINDS.count(Coded)
PLAIN = len(KINDS) - WHOLE - CODED


def read_lines(connection: Connection, *, live: bool) -> Read:
    """Return the lines of the claims in the temporary table, in no particular order."""
    parts: list[list[Whole]] = [[] for _ in range(WHOLE + CODED)]
    texts: list[list[NDArray[np.object_]]] = [[] for _ in range(PLAIN)]
    numbers = [_Numbers() for _ in range(CODED)]
    days = DAYS[connection.dialect.name]
    query = LINES.format(**CODES, **days, **(LIVE if live else PAST))
    for rows in _rows(connection, query):
        columns = list(zip(*rows, strict=True))
        for at, column in enumerate(columns[:WHOLE]):
            parts[at].append(np.fromiter(column, np.int64, len(rows)))
        for at, column in enumerate(columns[WHOLE : WHOLE + CODED]):
            coded = map(numbers[at].__getitem__, column)
            parts[WHOLE + at].append(np.fromiter(coded, np.int64, len(rows)))
        for text, column in zip(texts, columns[WHOLE + CODED :], strict=True):
            text.append(np.fromiter(column, np.object_, len(rows)))
    joined = [np.concatenate(part) if part else np.zeros(0, np.int64) for part in parts]
    coded_columns = [
        Coded(at, np.fromiter(known, np.object_, len(known)))
        for at, known in zip(joined[WHOLE:], numbers, strict=True)
    ]
    plain = [np.concatenate(text) if text else np.zeros(0, np.object_) for text in texts]
    made: Callable[..., Read] = Read
    return made(*joined[:WHOLE], *coded_columns, *plain)


def _rows(connection: Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
    result: Any = connection.exec_driver_sql(query)
    while rows := result.cursor.fetchmany(AT_ONCE):
        yield rows
    result.close()


class _Numbers(dict[str | None, int]):
    """Numbers texts in the order in which they are met."""

    def __missing__(self, text: str | None) -> int:
        return self.setdefault(text, len(self))
