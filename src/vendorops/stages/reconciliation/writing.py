"""What is read off and written from the verdicts of a match, in the same portable SQL."""

from sqlalchemy import text

WITHIN = " AND position > :after AND position <= :upto"
"""Limits what is read of the verdicts to the lines at some positions."""

ALLOCATED = """
    SELECT position AS place, reconciliation_id, invoice_line_id, work_item_id,
      taken AS quantity_e4, at_agreed AS amount_minor
    FROM matchline WHERE flaw IS NULL AND work_item_id IS NOT NULL{within}
"""

SPREAD = """
    SELECT p.piece AS place, m.reconciliation_id, m.invoice_line_id, p.work_item_id,
      p.quantity_e4, p.minor AS amount_minor
    FROM matchpiece AS p JOIN matchline AS m ON m.position = p.position
    WHERE m.flaw IS NULL AND p.quantity_e4 > 0
"""
"""What lines that cover several pieces of work take of each."""

DIFFERING = """
    SELECT position * 3 AS place, reconciliation_id, invoice_line_id, flaw AS reason,
      net AS amount_minor,
      CASE WHEN flaw = 'credit' THEN treatment ELSE 'disputed' END AS treatment
    FROM matchline WHERE flaw IS NOT NULL{within}
    UNION ALL
    SELECT position * 3, reconciliation_id, invoice_line_id,
      CASE WHEN at_claimed > at_agreed THEN 'price_above_term' ELSE 'price_below_term' END,
      at_claimed - at_agreed, treatment
    FROM matchline WHERE flaw IS NULL AND at_claimed <> at_agreed{within}
    UNION ALL
    SELECT position * 3 + 1, reconciliation_id, invoice_line_id,
      'quantity_above_accepted', own - at_claimed, excess
    FROM matchline WHERE flaw IS NULL AND taken < quantity{within}
    UNION ALL
    SELECT position * 3 + 2, reconciliation_id, invoice_line_id,
      'rounding', net - own, 'tolerated'
    FROM matchline WHERE flaw IS NULL AND net <> own{within}
"""

ALLOCATE = text(
    f"""
    INSERT INTO allocation
      (id, reconciliation_id, invoice_line_id, work_item_id, quantity_e4, amount_minor)
    SELECT :key + place, reconciliation_id, invoice_line_id, work_item_id, quantity_e4,
      amount_minor
    FROM ({ALLOCATED.format(within="")}) AS allocated ORDER BY place
    """  # noqa: S608 - our own words.
)

DIFFER = text(
    f"""
    INSERT INTO difference
      (id, reconciliation_id, invoice_line_id, reason, amount_minor, treatment)
    SELECT :key + place, reconciliation_id, invoice_line_id, reason, amount_minor, treatment
    FROM ({DIFFERING.format(within="")}) AS differing ORDER BY place
    """  # noqa: S608 - our own words.
)

ALLOCATE_PIECES = text(
    f"""
    INSERT INTO allocation
      (id, reconciliation_id, invoice_line_id, work_item_id, quantity_e4, amount_minor)
    SELECT :key + place, reconciliation_id, invoice_line_id, work_item_id, quantity_e4,
      amount_minor
    FROM ({SPREAD}) AS spread ORDER BY place
    """  # noqa: S608 - our own words.
)

SEAL_PIECES = text(
    """
    INSERT INTO sealedwork (id, reconciliation_id, work_item_id, accepted_e4, claimed_e4)
    SELECT :key + MIN(p.piece), m.reconciliation_id, p.work_item_id, MIN(p.accepted),
      MIN(p.claimed)
    FROM matchpiece AS p JOIN matchline AS m ON m.position = p.position
    WHERE (p.claimed > 0 OR p.accepted = 0) AND p.work_item_id NOT IN (
      SELECT work_item_id FROM matchline
      WHERE work_item_id IS NOT NULL AND (claimed > 0 OR accepted = 0))
    GROUP BY m.reconciliation_id, p.work_item_id
    """
)

CLAIM_PIECES = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 + served.taken
    FROM (
      SELECT p.work_item_id, CAST(SUM(p.quantity_e4) AS BIGINT) AS taken
      FROM matchpiece AS p JOIN matchline AS m ON m.position = p.position
      WHERE m.flaw IS NULL GROUP BY p.work_item_id
    ) AS served
    WHERE workitem.id = served.work_item_id
    """
)

SEAL_WORK = text(
    """
    INSERT INTO sealedwork (id, reconciliation_id, work_item_id, accepted_e4, claimed_e4)
    SELECT :key + MIN(position), reconciliation_id, work_item_id, MIN(accepted), MIN(claimed)
    FROM matchline WHERE work_item_id IS NOT NULL AND (claimed > 0 OR accepted = 0)
    GROUP BY reconciliation_id, work_item_id
    """
)

# Most work is claimed by one line alone, which needs no sum.
CLAIM_WORK = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 + served.taken
    FROM matchline AS served
    WHERE workitem.id = served.work_item_id AND served.flaw IS NULL
      AND served.work_item_id NOT IN (SELECT work_item_id FROM matchshared)
    """
)

CLAIM_SHARED_WORK = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 + served.taken
    FROM (
      SELECT work_item_id, CAST(SUM(taken) AS BIGINT) AS taken
      FROM matchline
      WHERE flaw IS NULL AND work_item_id IN (SELECT work_item_id FROM matchshared)
      GROUP BY work_item_id
    ) AS served
    WHERE workitem.id = served.work_item_id
    """
)

UNCLEAR = text(
    """
    SELECT DISTINCT invoice_id FROM matchline
    WHERE CASE WHEN flaw = 'credit' THEN treatment = 'disputed'
      WHEN flaw IS NOT NULL THEN 1 = 1
      ELSE (taken < quantity AND excess = 'disputed')
        OR (at_claimed <> at_agreed AND treatment = 'disputed') END
    """
)
