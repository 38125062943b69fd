"""What the caps of contracts leave for the claims of a month."""

from sqlalchemy import text

from vendorops.books import Books
from vendorops.tables import Contract

TAKEN = text(
    """
    WITH line AS (
      SELECT l.id FROM invoice AS i JOIN invoiceline AS l ON l.invoice_id = i.id
      WHERE i.contract_id = :contract_id
        AND i.status IN ('under_query', 'conditionally_accepted', 'accepted')
        AND NOT EXISTS (
          SELECT 1 FROM settlementline AS h JOIN settlement AS s ON s.id = h.settlement_id
          WHERE h.invoice_line_id = l.id AND s.status <> 'rejected')
    ),
    part AS (
      SELECT invoice_line_id, reconciliation_id, amount_minor AS minor FROM allocation
      WHERE invoice_line_id IN (SELECT id FROM line)
      UNION ALL
      SELECT invoice_line_id, reconciliation_id,
        CASE WHEN treatment = 'tolerated' THEN amount_minor ELSE 0 END
      FROM difference WHERE invoice_line_id IN (SELECT id FROM line)
    )
    SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM (
      SELECT net_minor AS minor FROM settlement
      WHERE contract_id = :contract_id AND status IN ('calculated', 'approved')
      UNION ALL
      SELECT minor FROM (
        SELECT minor, reconciliation_id,
          MAX(reconciliation_id) OVER (PARTITION BY invoice_line_id) AS newest
        FROM part
      ) AS told WHERE reconciliation_id = newest
    ) AS taken
    """
)
"""Settlements that are not sealed yet, and of claims in none what is going to be paid.

A line of a month that was opened again is taken as the newest reconciliation explained it.
"""


def room(books: Books, contract: Contract) -> int:
    """Return what is left of a cap after what was settled and what is going to be; minor units.

    What is going to be are settlements that are not sealed yet, and of claims that no settlement
    holds what accepted work and tolerances stand for.
    """
    connection = books.session.connection()
    taken = connection.execute(TAKEN, {"contract_id": contract.id}).scalar_one()
    return contract.cap_minor - contract.committed_minor - int(taken)
