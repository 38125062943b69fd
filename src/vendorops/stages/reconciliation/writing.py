"""What is read off and written from the verdicts of a match, in the same portable SQL."""

from sqlalchemy import text

ALLOCATE = text(
    """
    INSERT INTO allocation
      (id, reconciliation_id, invoice_line_id, work_item_id, quantity_e4, amount_minor)
    SELECT :key + position, :reconciliation_id, invoice_line_id, work_item_id, taken, at_agreed
    FROM matchline WHERE flaw IS NULL ORDER BY position
    """
)

DIFFER = text(
    """
    INSERT INTO difference
      (id, reconciliation_id, invoice_line_id, reason, amount_minor, treatment)
    SELECT :key + position * 3, :reconciliation_id, invoice_line_id, flaw, net,
      CASE WHEN flaw = 'credit' THEN treatment ELSE 'disputed' END
    FROM matchline WHERE flaw IS NOT NULL
    UNION ALL
    SELECT :key + position * 3, :reconciliation_id, invoice_line_id,
      CASE WHEN at_claimed > at_agreed THEN 'price_above_term' ELSE 'price_below_term' END,
      at_claimed - at_agreed, treatment
    FROM matchline WHERE flaw IS NULL AND at_claimed <> at_agreed
    UNION ALL
    SELECT :key + position * 3 + 1, :reconciliation_id, invoice_line_id,
      'quantity_above_accepted', own - at_claimed, excess
    FROM matchline WHERE flaw IS NULL AND taken < quantity
    UNION ALL
    SELECT :key + position * 3 + 2, :reconciliation_id, invoice_line_id,
      'rounding', net - own, 'tolerated'
    FROM matchline WHERE flaw IS NULL AND net <> own
    """
)

SEAL_WORK = text(
    """
    INSERT INTO sealedwork (id, reconciliation_id, work_item_id, accepted_e4, claimed_e4)
    SELECT :key + MIN(position), :reconciliation_id, work_item_id, MIN(accepted), MIN(claimed)
    FROM matchline WHERE work_item_id IS NOT NULL AND (claimed > 0 OR accepted = 0)
    GROUP BY work_item_id
    """
)

CLAIM_WORK = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 + served.taken
    FROM (
      SELECT work_item_id, CAST(SUM(taken) AS BIGINT) AS taken
      FROM matchline WHERE flaw IS NULL GROUP BY work_item_id
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

LINES = text(
    """
    SELECT i.reference || ' ' || l.line
        || ' ' || length(l.work_reference) || ':' || l.work_reference
        || ' ' || l.quantity_e4 || ' ' || l.price_e6 || ' ' || l.net_minor || ' ' || i.currency
        || ' ' || l.tax_category || ' ' || l.tax_rate_e4 || COALESCE(' ' || l.tax_minor, '')
        || COALESCE('; ' || w.reference || ' ' || CAST(w.performed_on AS TEXT)
             || ' ' || m.accepted || ' ' || m.claimed || ' ' || w.price_e6 || ' ' || w.currency,
           '; unknown') AS inputs,
      i.reference || ' ' || l.line || '; ' ||
        CASE WHEN flaw = 'credit' THEN 'credit ' || net || ' ' || treatment
        WHEN flaw IS NOT NULL THEN flaw || ' ' || net || ' disputed'
        ELSE w.reference || ' ' || taken || ' ' || at_agreed
          || CASE WHEN at_claimed > at_agreed
               THEN '; price_above_term ' || (at_claimed - at_agreed) || ' ' || treatment
             WHEN at_claimed < at_agreed
               THEN '; price_below_term ' || (at_claimed - at_agreed) || ' ' || treatment
             ELSE '' END
          || CASE WHEN taken < quantity
               THEN '; quantity_above_accepted ' || (own - at_claimed) || ' ' || excess
             ELSE '' END
          || CASE WHEN net <> own
               THEN '; rounding ' || (net - own) || ' tolerated' ELSE '' END
        END AS result
    FROM matchline AS m
    JOIN invoiceline AS l ON l.id = m.invoice_line_id
    JOIN invoice AS i ON i.id = m.invoice_id
    LEFT JOIN workitem AS w ON w.id = m.work_item_id
    ORDER BY position
    """
)
