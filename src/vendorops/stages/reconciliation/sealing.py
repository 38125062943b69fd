"""What a month is sealed by: every fact that was judged, and every row that was made of it.

Both are written as JSON, a line for each row, piece after piece, by the database itself: whole
numbers, references and codes of our own, days. Keys are left out, because the same month entered
anew has others. Databases escape other characters in different ways, so what a supplier wrote
where a line names no work is written by Python.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, text

from vendorops.stages.reconciliation.writing import ALLOCATED, DIFFERING, SPREAD, WITHIN

FORMAT = 3
"""Of what is hashed; raised when a row of inputs or of the result is written otherwise."""
PIECE = 20_000
"""Lines that are written at once."""

CLAIMS = """
    SELECT i.id AS place, i.reference, i.kind, i.currency, i.net_minor,
      i.tax_minor
    FROM matchclaim AS c JOIN invoice AS i ON i.id = c.invoice_id
    WHERE c.reconciliation_id = :of
"""
CLAIM = ("reference", "kind", "currency", "net_minor", "tax_minor")
JUDGED = """
    SELECT m.position AS place, i.reference AS invoice, l.line, m.quantity, m.price, m.net,
      l.tax_category, l.tax_rate_e4, l.tax_minor, w.reference AS work, w.term,
      CAST(w.performed_on AS TEXT) AS performed_on,
      CASE WHEN m.accepted > 0 THEN CAST(w.accepted_on AS TEXT) END AS accepted_on,
      m.accepted, m.claimed, m.agreed, w.currency AS agreed_in,
      CASE WHEN m.accepted > 0 THEN w.grade END AS grade
    FROM matchline AS m
    JOIN invoiceline AS l ON l.id = m.invoice_line_id
    JOIN invoice AS i ON i.id = m.invoice_id
    LEFT JOIN workitem AS w ON w.id = m.work_item_id
    WHERE m.position > :after AND m.position <= :upto
"""
UNRESOLVED = """
    SELECT i.reference, l.line, l.work_reference FROM matchline AS m
    JOIN invoiceline AS l ON l.id = m.invoice_line_id
    JOIN invoice AS i ON i.id = m.invoice_id
    WHERE m.work_item_id IS NULL AND m.position > :after AND m.position <= :upto
    ORDER BY m.position
"""
COVERED = """
    SELECT p.piece AS place, i.reference AS invoice, l.line, w.reference AS work, w.term,
      CAST(w.performed_on AS TEXT) AS performed_on,
      CASE WHEN p.accepted > 0 THEN CAST(w.accepted_on AS TEXT) END AS accepted_on,
      p.accepted, p.claimed, w.price_e6 AS agreed, w.currency AS agreed_in,
      CASE WHEN p.accepted > 0 THEN w.grade END AS grade
    FROM matchpiece AS p
    JOIN matchline AS m ON m.position = p.position
    JOIN invoiceline AS l ON l.id = m.invoice_line_id
    JOIN invoice AS i ON i.id = m.invoice_id
    JOIN workitem AS w ON w.id = p.work_item_id
    WHERE p.position > :after AND p.position <= :upto
"""
PIECES = (
    *("invoice", "line", "work", "term", "performed_on", "accepted_on", "accepted"),
    *("claimed", "agreed", "agreed_in", "grade"),
)
INPUTS = (
    *("invoice", "line", "quantity", "price", "net", "tax_category"),
    *("tax_rate_e4", "tax_minor", "work", "term", "performed_on", "accepted_on"),
    *("accepted", "claimed", "agreed", "agreed_in", "grade"),
)
ALLOCATIONS = ("invoice", "line", "work", "quantity_e4", "amount_minor")
DIFFERENCES = ("invoice", "line", "reason", "amount_minor", "treatment")
OF_LINES = """
    SELECT made.*, i.reference AS invoice, l.line FROM ({source}) AS made
    JOIN invoiceline AS l ON l.id = made.invoice_line_id
    JOIN invoice AS i ON i.id = l.invoice_id
"""
OF_WORK = """
    SELECT made.*, i.reference AS invoice, l.line, w.reference AS work FROM ({source}) AS made
    JOIN invoiceline AS l ON l.id = made.invoice_line_id
    JOIN invoice AS i ON i.id = l.invoice_id
    JOIN workitem AS w ON w.id = made.work_item_id
"""


def inputs(
    connection: Connection, reconciliation_id: int, after: int, upto: int
) -> Iterator[bytes]:
    """Yield the claims of a reconciliation and the facts of its lines, which lie at positions."""
    yield _rows(connection, CLAIMS, CLAIM, {"of": reconciliation_id})
    for first in range(after, upto, PIECE):
        place = {"after": first, "upto": min(first + PIECE, upto)}
        yield _rows(connection, JUDGED, INPUTS, place)
        named = connection.execute(text(UNRESOLVED), place).all()
        told = (f'["{of}",{line},{json.dumps(said)}]\n' for of, line, said in named)
        yield "".join(told).encode()
    yield _rows(connection, COVERED, PIECES, {"after": after, "upto": upto})


def result(connection: Connection, after: int, upto: int) -> Iterator[bytes]:
    """Yield what verdicts make of the lines at some positions: all allocations first."""
    yield from _batches(connection, ALLOCATED, ALLOCATIONS, (after, upto))
    spread = SPREAD + " AND p.position > :after AND p.position <= :upto"
    place = {"after": after, "upto": upto}
    yield _rows(connection, _named(spread, ALLOCATIONS), ALLOCATIONS, place)
    yield from _batches(connection, DIFFERING, DIFFERENCES, (after, upto))


def _batches(
    connection: Connection, source: str, columns: tuple[str, ...], lines: tuple[int, int]
) -> Iterator[bytes]:
    for first in range(*lines, PIECE):
        place = {"after": first, "upto": min(first + PIECE, lines[1])}
        named = _named(source.format(within=WITHIN), columns)
        yield _rows(connection, named, columns, place)


def _named(source: str, columns: tuple[str, ...]) -> str:
    """Return rows with the references of what they are about beside its keys."""
    return (OF_WORK if "work" in columns else OF_LINES).format(source=source)


def stored(connection: Connection, reconciliation_id: int) -> Iterator[bytes]:
    """Yield the result of a reconciliation as its rows say it now."""
    for table, columns in (("allocation", ALLOCATIONS), ("difference", DIFFERENCES)):
        where = f"FROM {table} WHERE reconciliation_id = :of"
        of = {"of": reconciliation_id}
        ends = connection.execute(text(f"SELECT MIN(id), MAX(id) {where}"), of).one()
        # By key: rows of one reconciliation lie together. The sign keeps SQLite from its index.
        within = f"FROM {table} WHERE id >= :after AND id < :upto AND +reconciliation_id = :of"
        query = _named(f"SELECT {table}.*, id AS place {within}", columns)
        for first in range(ends[0] or 0, (ends[1] or -1) + 1, PIECE):
            place = {"after": first, "upto": first + PIECE}
            yield _rows(connection, query, columns, of | place)


def _rows(
    connection: Connection, source: str, columns: tuple[str, ...], place: dict[str, int]
) -> bytes:
    """Return rows as lines of JSON in their order; nothing of none."""
    listed = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        ordered = f"SELECT * FROM ({source}) AS unordered ORDER BY place"  # noqa: S608 - our own words.
        query = f"SELECT json_group_array(json_array({listed})) FROM ({ordered}) AS made"  # noqa: S608 - as above.
        said = str(connection.execute(text(query), place).scalar_one())[1:-1]
    else:
        row = f"CAST(json_build_array({listed}) AS TEXT)"
        query = f"SELECT string_agg({row}, ',' ORDER BY place) FROM ({source}) AS made"  # noqa: S608 - as above.
        said = (connection.execute(text(query), place).scalar_one() or "").replace(", ", ",")
    return said.replace("],[", "]\n[").encode() + b"\n" if said else b""
