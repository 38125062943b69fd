"""Spreads lines that name a sheet or an order over its work, once lines of one piece are served.

What is left of each piece depends on every line before: the pieces of such lines are read in one
statement and spread line after line.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, insert, text

from vendorops.domain.matching import (
    ClaimFacts,
    Covered,
    Part,
    Reason,
    Spread,
    TaxFacts,
    WorkFacts,
    belongs,
    spread,
)
from vendorops.domain.matching.columns import CLEAR, CODE, COVERS, Judged, LineColumns
from vendorops.stages.reconciliation.facts import Facts
from vendorops.stages.reconciliation.temporary import COVER
from vendorops.tables.columns import Day

PIECES = text(
    """
    WITH pair AS (
      SELECT m.place, w.id AS work_item_id
      FROM matchcover AS m
      JOIN linecoverage AS v ON v.invoice_line_id = m.invoice_line_id
      JOIN workitem AS w ON w.service_sheet_id = v.service_sheet_id
      UNION ALL
      SELECT m.place, w.id
      FROM matchcover AS m
      JOIN linecoverage AS v ON v.invoice_line_id = m.invoice_line_id
      JOIN orderline AS o ON o.work_order_id = v.work_order_id
        AND (v.number IS NULL OR o.number = v.number)
      JOIN workitem AS w ON w.order_line_id = o.id
    )
    SELECT m.place, w.id, w.reference, w.term, w.currency, w.performed_on, w.accepted_on,
      COALESCE(s.accepted_e4, w.accepted_e4) AS accepted,
      CASE WHEN :live = 1 THEN w.claimed_e4 ELSE COALESCE(s.claimed_e4, 0) END AS claimed,
      w.price_e6 AS agreed, w.grade
    FROM matchcover AS m
    JOIN pair AS p ON p.place = m.place
    JOIN workitem AS w ON w.id = p.work_item_id AND w.contract_id = m.contract_id
      AND w.id < m.reconciliation_id
    LEFT JOIN sealedwork AS s
      ON :live = 0 AND s.reconciliation_id = m.reconciliation_id AND s.work_item_id = w.id
    ORDER BY m.place, w.performed_on, w.id
    """
).columns(performed_on=Day(), accepted_on=Day())
"""The pieces of every line that covers work, as they are served: by day and key."""


class Taken(NamedTuple):
    """A piece of work of a line that covers several, and what the line takes of it."""

    line: int
    """The position of the line among those judged."""
    work: Any
    """The piece as it was read."""
    part: Part


def cover(connection: Connection, facts: Facts, judged: Judged) -> list[Taken]:
    """Judge the lines that cover several pieces of work; return what they take, line by line."""
    lines = facts.lines
    covering = np.flatnonzero(judged.flaw == COVERS)
    if not len(covering):
        return []
    in_turn = covering[np.argsort(lines.turn[covering])].tolist()
    found = _pieces(connection, facts, in_turn)
    taken_up = _taken_up(lines, judged, {piece.id for known in found.values() for piece in known})
    taken: list[Taken] = []
    for place, at in enumerate(in_turn):
        claim = _claim(facts, at)
        known = [_covered(facts, at, piece, taken_up) for piece in found[place]]
        outcome = spread(claim, known)
        judged.put(at, _verdict(claim, outcome))
        for piece, part in zip(found[place], outcome.parts, strict=True):
            taken_up[piece.id] += part.quantity_e4
            taken.append(Taken(at, piece, part))
    return sorted(taken, key=attrgetter("line"))


def _pieces(
    connection: Connection, facts: Facts, in_turn: Sequence[int]
) -> Mapping[int, Sequence[Any]]:
    """Return the pieces of lines, by the place of each line among them."""
    rows = [
        {
            "place": place,
            "reconciliation_id": int(facts.reconciliation[facts.claim[at]]),
            "contract_id": facts.claims[facts.claim[at]].contract_id,
            "invoice_line_id": int(facts.read.line_id[at]),
        }
        for place, at in enumerate(in_turn)
    ]
    COVER.create(connection)
    connection.execute(insert(COVER), rows)
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(PIECES, {"live": int(facts.live)}):
        found[row.place].append(row)
    COVER.drop(connection)
    return found


def _taken_up(lines: LineColumns, judged: Judged, works: set[int]) -> Counter[int]:
    """Return what lines of one piece of work take of some."""
    at = np.flatnonzero((judged.flaw == CLEAR) & np.isin(lines.work, list(works)))
    taken: Counter[int] = Counter()
    for work, quantity in zip(lines.work[at].tolist(), judged.taken[at].tolist(), strict=True):
        taken[work] += quantity
    return taken


def _claim(facts: Facts, at: int) -> ClaimFacts:
    of, read = facts.claims[facts.claim[at]], facts.read
    taxed = TaxFacts(read.tax_category.values[read.tax_category.at[at]], int(read.tax_rate[at]))
    return ClaimFacts(
        of.currency,
        quantity_e4=int(read.quantity[at]),
        price_e6=int(read.price[at]),
        net_minor=int(read.net[at]),
        tax=None if of.kind == "statement" else taxed,
    )


def _covered(facts: Facts, at: int, piece: Any, taken_up: Counter[int]) -> Covered:  # noqa: ANN401 - a row.
    contract = facts.claims[facts.claim[at]].contract_id
    held = facts.terms.on(contract, piece.term, piece.performed_on.isoformat())
    accepted_on = piece.accepted_on if piece.accepted else None
    return Covered(
        WorkFacts(
            currency=piece.currency,
            in_month=belongs(facts.month, piece.performed_on, accepted_on, piece.claimed),
            accepted_e4=piece.accepted,
            claimed_e4=piece.claimed + taken_up[piece.id],
            price_e6=piece.agreed,
        ),
        held.tax if held else None,
        below_grade=held is not None and held.forbids(piece.grade or ""),
    )


def _verdict(claim: ClaimFacts, found: Spread) -> dict[str, int | bool]:
    """Return what became of a line as if it had named one piece, whose price was right."""
    parts = any(part.quantity_e4 for part in found.parts)
    reason = found.differences[0].reason if found.differences else None
    allocated = sum(part.minor for part in found.parts)
    above = reason is Reason.QUANTITY_ABOVE_ACCEPTED
    flawed = None if parts else reason
    return {
        "flaw": CODE[flawed] if flawed else CLEAR,
        "own": claim.net_minor if above else allocated,
        "at_claimed": allocated,
        "at_agreed": allocated,
        "taken": 0 if above or flawed else claim.quantity_e4,
        "price_tolerated": all(part.tolerated for part in found.differences) or not flawed,
        "excess_tolerated": False,
    }
