"""Reads the lines of many claims, and the work they name, by column."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from sqlalchemy import Connection

from vendorops.domain.matching import Reason
from vendorops.domain.matching.columns import CODE, COVERS, Flags, Whole
from vendorops.stages.reconciliation.taking import (
    Coded,
    Plain,
    Shape,
    from_copy,
    from_rows,
)

WHOLE = """
l.id, l.invoice_id, l.line, l.quantity_e4, l.price_e6, l.net_minor, l.tax_rate_e4,
  {accepted}, {claimed}, COALESCE(w.price_e6, 0),
  CASE WHEN w.id IS NOT NULL THEN w.id
    WHEN l.work_reference = '' THEN {no_reference}
    WHEN EXISTS (SELECT 1 FROM linecoverage AS v WHERE v.invoice_line_id = l.id) THEN {covers}
    WHEN EXISTS (
      SELECT 1 FROM workitem AS o JOIN contract AS d ON d.id = o.contract_id
      WHERE o.reference = l.work_reference AND d.supplier_id = c.supplier_id
        AND o.id < c.reconciliation_id) THEN {no_such_work}
    ELSE {unknown} END
"""
CODED = "l.tax_category, w.term, {performed_on}, {accepted_on}, w.currency, w.grade"
TOLD = "COALESCE(w.reference, l.work_reference)"
"""A line names a piece of work, or what it says is kept."""
# CROSS JOIN keeps SQLite from walking through all lines there ever were.
SOURCES = """
FROM matchclaim AS c
CROSS JOIN invoiceline AS l
LEFT JOIN referencecorrection AS x
  ON x.invoice_line_id = l.id AND x.id < c.reconciliation_id
LEFT JOIN workitem AS w
  ON w.id = COALESCE(x.work_item_id, l.work_item_id) AND w.contract_id = c.contract_id {within}
{sealed}
WHERE l.invoice_id = c.invoice_id
"""
LINES_LITE = f"SELECT {WHOLE}, json_array({CODED}), {TOLD}, l.tax_minor {SOURCES}"
LINES_POSTGRESQL = f"""
SELECT {WHOLE}, COALESCE(l.tax_minor, 0), CAST(l.tax_minor IS NOT NULL AS INTEGER)::BIGINT,
  {TOLD}, {CODED} {SOURCES}
"""
SPAN = """
SELECT MIN(COALESCE(x.work_item_id, l.work_item_id)), MAX(COALESCE(x.work_item_id, l.work_item_id))
FROM matchclaim AS c JOIN invoiceline AS l ON l.invoice_id = c.invoice_id
LEFT JOIN referencecorrection AS x ON x.invoice_line_id = l.id AND x.id < c.reconciliation_id
"""
"""PostgreSQL looks through the work between the first and the last that is named, and not through
all there ever was; keys rise with time."""
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
    reference: Plain
    said: Plain
    """What the line names, where it names no work of its contract."""
    own_tax: Plain
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
WHOLES, CODES_OF_TEXTS = KINDS.count(Whole), KINDS.count(Coded)
NAMED = [each.name for each in fields(Read)].index("named")


def read_lines(connection: Connection, *, live: bool) -> Read:
    """Return the lines of the claims in the temporary table, in no particular order."""
    days = DAYS[connection.dialect.name]
    parts = {**CODES, **days, **(LIVE if live else PAST)}
    if connection.dialect.name == "sqlite":
        query = LINES_LITE.format(within="", **parts)
        whole, coded, (told, tax) = from_rows(connection, query, Shape(WHOLES, CODES_OF_TEXTS, 2))
    else:
        least, most = connection.exec_driver_sql(SPAN).one()
        within = f"AND w.id BETWEEN {least or 0} AND {most or 0}"
        query = LINES_POSTGRESQL.format(within=within, **parts)
        shape = Shape(WHOLES + 2, CODES_OF_TEXTS, 1)
        (*whole, stated, states), coded, (told,) = from_copy(connection, query, shape)
        tax = _where(states == 1, stated)
    named = whole[NAMED] > 0
    made: Callable[..., Read] = Read
    return made(*whole, *coded, _where(named, told), _where(~named, told), tax)


def _where(held: Flags, column: Plain | Whole) -> Plain:
    """Return the values of some rows, and None of the others."""
    found = np.full(len(column), None, np.object_)
    found[held] = column[held]
    return found
