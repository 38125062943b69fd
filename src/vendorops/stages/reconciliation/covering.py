"""Spreads lines that name a sheet or an order over its work, once lines of one piece are served.

What is left of each piece depends on every line before, which SQL says badly: the facts of such
lines are read in one statement, spread in memory, and written back in two.
"""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, text, update

from vendorops.domain.matching import (
    ClaimFacts,
    Covered,
    Reason,
    Spread,
    TaxFacts,
    WorkFacts,
    belongs,
    spread,
)
from vendorops.domain.periods import Period
from vendorops.stages.reconciliation.temporary import LINE, PIECE
from vendorops.tables.columns import Day

# CROSS JOIN makes SQLite begin with the few lines that cover anything.
ANY = text(
    """
    SELECT EXISTS (
      SELECT 1 FROM linecoverage AS v
      CROSS JOIN invoiceline AS l
      CROSS JOIN matchclaim AS c
      WHERE l.id = v.invoice_line_id AND c.invoice_id = l.invoice_id)
    """
)

FACTS = text(
    """
    WITH pair AS (
      SELECT m.position, w.id AS work_item_id
      FROM matchline AS m
      JOIN linecoverage AS v ON v.invoice_line_id = m.invoice_line_id
      JOIN workitem AS w ON w.service_sheet_id = v.service_sheet_id
      WHERE m.flaw = 'covers'
      UNION ALL
      SELECT m.position, w.id
      FROM matchline AS m
      JOIN linecoverage AS v ON v.invoice_line_id = m.invoice_line_id
      JOIN orderline AS o ON o.work_order_id = v.work_order_id
        AND (v.number IS NULL OR o.number = v.number)
      JOIN workitem AS w ON w.order_line_id = o.id
      WHERE m.flaw = 'covers'
    )
    SELECT m.position, m.net, m.quantity, m.price, i.currency, i.kind, l.tax_category,
      l.tax_rate_e4, w.id, w.currency AS work_currency, w.performed_on, w.accepted_on,
      COALESCE(s.accepted_e4, w.accepted_e4) AS accepted,
      CASE WHEN :live = 1 THEN w.claimed_e4 ELSE COALESCE(s.claimed_e4, 0) END AS claimed,
      COALESCE(n.taken, 0) AS taken, w.price_e6, t.tax_category AS due_category,
      t.tax_rate_e4 AS due_rate_e4, t.grades, w.grade
    FROM matchline AS m
    JOIN invoiceline AS l ON l.id = m.invoice_line_id
    JOIN invoice AS i ON i.id = m.invoice_id
    LEFT JOIN pair AS p ON p.position = m.position
    LEFT JOIN workitem AS w ON w.id = p.work_item_id AND w.contract_id = i.contract_id
      AND w.id < m.reconciliation_id
    LEFT JOIN matchterm AS t ON t.contract_id = w.contract_id AND t.term = w.term
      AND t.first_day <= w.performed_on AND w.performed_on < t.end_day
    LEFT JOIN sealedwork AS s
      ON :live = 0 AND s.reconciliation_id = m.reconciliation_id AND s.work_item_id = w.id
    LEFT JOIN (
      SELECT work_item_id, CAST(SUM(taken) AS BIGINT) AS taken
      FROM matchline WHERE flaw IS NULL GROUP BY work_item_id
    ) AS n ON n.work_item_id = w.id
    WHERE m.flaw = 'covers'
    ORDER BY m.queue, w.performed_on, w.id
    """
).columns(performed_on=Day(), accepted_on=Day())
"""Every line that covers work, as it is served, with its pieces by day and key."""


def cover(connection: Connection, month: Period, *, live: bool) -> int:
    """Judge the lines that cover several pieces; return how many pieces they have in all."""
    if not connection.execute(ANY).scalar_one():
        return 0
    lines: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(FACTS, {"live": int(live)}):
        lines[row.position].append(row)
    served: Counter[int] = Counter()
    verdicts: list[dict[str, Any]] = []
    pieces: list[dict[str, int]] = []
    for rows in lines.values():
        known = [row for row in rows if row.id is not None]
        found = spread(_claim(rows[0]), [_covered(row, month, served) for row in known])
        verdicts.append(_verdict(rows[0], found))
        for row, part in zip(known, found.parts, strict=True):
            served[row.id] += part.quantity_e4
            pieces.append({"piece": len(pieces) + 1, **_piece(row), **part._asdict()})
    columns = [name for name in verdicts[0] if name != "at"] if verdicts else []
    if verdicts:
        connection.execute(
            update(LINE)
            .where(LINE.c.position == bindparam("at"))
            .values({name: bindparam(f"new_{name}") for name in columns}),
            [
                {"at": each["at"], **{f"new_{name}": each[name] for name in columns}}
                for each in verdicts
            ],
        )
    if pieces:
        connection.execute(insert(PIECE), pieces)
    return len(pieces)


def _claim(row: Row[Any]) -> ClaimFacts:
    taxed = TaxFacts(row.tax_category, row.tax_rate_e4)
    return ClaimFacts(
        *(row.currency, row.quantity, row.price, row.net),
        tax=None if row.kind == "statement" else taxed,
    )


def _covered(row: Row[Any], month: Period, served: Counter[int]) -> Covered:
    return Covered(
        WorkFacts(
            currency=row.work_currency,
            in_month=belongs(
                month, row.performed_on, row.accepted_on if row.accepted else None, row.claimed
            ),
            accepted_e4=row.accepted,
            claimed_e4=row.claimed + row.taken + served[row.id],
            price_e6=row.price_e6,
        ),
        None if row.due_category is None else TaxFacts(row.due_category, row.due_rate_e4),
        row.grades is not None and (row.grade or "") not in row.grades.split(",")[1:-1],
    )


def _piece(row: Row[Any]) -> dict[str, int]:
    return {
        "position": row.position,
        "work_item_id": row.id,
        "accepted": row.accepted,
        "claimed": row.claimed,
    }


def _verdict(row: Row[Any], found: Spread) -> dict[str, Any]:
    """Return the columns of a line as if it had named one piece, whose price was right."""
    parts = any(part.quantity_e4 for part in found.parts)
    reason = found.differences[0].reason if found.differences else None
    allocated = sum(part.minor for part in found.parts)
    above = reason is Reason.QUANTITY_ABOVE_ACCEPTED
    flawed = None if parts else reason
    return {
        "at": row.position,
        "flaw": flawed.value if flawed else None,
        "own": row.net if above else allocated,
        "at_claimed": allocated,
        "at_agreed": allocated,
        "taken": 0 if above or flawed else row.quantity,
        "treatment": "disputed" if flawed else "tolerated",
        "excess": "disputed",
    }
