"""The match as SQL that SQLite and PostgreSQL read alike: integers only, so they compute alike.

It says what domain/matching.judge says, for all lines of a month at once. Division of integers
drops the remainder in both databases; `p / d + 2 * (p % d) / d` therefore rounds half up, away
from zero. No product leaves 64 bits: those of the rows are bounded by their checks, and what is
multiplied with the agreed price is never more than the accepted quantity.

Judged again later (`:live = 0`), work is taken as the reconciliation found it then.
"""

from sqlalchemy import bindparam, text

from vendorops.tables.columns import Day

# CROSS JOIN keeps SQLite from walking through all lines there ever were.
JUDGE = text(
    """
    INSERT INTO matchline
      (position, queue, invoice_id, invoice_line_id, work_item_id, net, quantity, price,
       accepted, claimed, agreed, divisor, own, most, taken, at_claimed, at_agreed, treatment,
       flaw)
    WITH fact AS (
      SELECT c.before + l.line AS position, c.queue + l.line AS queue,
        l.invoice_id, l.id AS invoice_line_id, w.id AS work_item_id,
        l.net_minor AS net, l.quantity_e4 AS quantity, l.price_e6 AS price,
        COALESCE(s.accepted_e4, w.accepted_e4) AS accepted,
        CASE WHEN :live = 1 THEN w.claimed_e4
          WHEN w.id IS NOT NULL THEN COALESCE(s.claimed_e4, 0) END AS claimed,
        w.price_e6 AS agreed, c.divisor, c.amount_minor,
        abs(w.price_e6) / 1000000 * c.share_e6
          + abs(w.price_e6) % 1000000 * c.share_e6 / 1000000 AS leeway,
        i.kind,
        CASE WHEN c.flaw <> '' THEN c.flaw
          WHEN i.kind = 'credit_note' THEN 'credit'
          WHEN w.id IS NULL THEN 'no_such_work'
          WHEN w.currency <> i.currency THEN 'wrong_currency'
          WHEN w.performed_on < :first_day OR w.performed_on >= :end_day THEN 'wrong_period'
          WHEN l.quantity_e4 <= 0 OR l.price_e6 < 0 OR l.net_minor < 0 THEN 'credit'
        END AS flaw
      FROM matchclaim AS c
      CROSS JOIN invoice AS i
      CROSS JOIN invoiceline AS l
      LEFT JOIN workitem AS w ON w.id = l.work_item_id AND w.contract_id = i.contract_id
      LEFT JOIN sealedwork AS s
        ON :live = 0 AND s.reconciliation_id = :reconciliation_id AND s.work_item_id = w.id
      WHERE i.id = c.invoice_id AND l.invoice_id = c.invoice_id
    ),
    bounded AS (
      SELECT *, CASE WHEN quantity < accepted THEN quantity ELSE accepted END AS most FROM fact
    ),
    priced AS (
      SELECT *,
        CASE WHEN flaw IS NULL THEN
          quantity * price / divisor + 2 * (quantity * price % divisor) / divisor END AS own,
        CASE WHEN flaw IS NULL THEN
          most * price / divisor + 2 * (most * price % divisor) / divisor END AS at_claimed,
        CASE WHEN flaw IS NULL THEN
          most * agreed / divisor + 2 * (most * agreed % divisor) / divisor END AS at_agreed
      FROM bounded
    ),
    rated AS (
      SELECT *,
        CASE WHEN flaw = 'credit' AND kind = 'credit_note' AND net <= 0 THEN 'tolerated'
          WHEN flaw IS NOT NULL THEN 'disputed'
          WHEN abs(price - agreed) <= leeway AND abs(at_claimed - at_agreed) <= amount_minor
            THEN 'tolerated' ELSE 'disputed' END AS treatment
      FROM priced
    )
    SELECT position, queue, invoice_id, invoice_line_id, work_item_id, net, quantity, price,
      accepted, claimed, agreed, divisor, own, most, most, at_claimed, at_agreed, treatment,
      CASE WHEN flaw IS NOT NULL THEN flaw
        WHEN abs(net - own) > 1 THEN 'line_arithmetic'
        WHEN accepted = 0 THEN 'not_accepted_yet'
        WHEN price < agreed AND treatment = 'disputed' THEN 'price_below_term'
      END
    FROM rated
    """
).bindparams(bindparam("first_day", type_=Day()), bindparam("end_day", type_=Day()))

# Few lines share their work with another claim: only they are worth a window, and a narrow one.
SHARE = text(
    """
    UPDATE matchline
    SET taken = served.taken, flaw = served.flaw,
      at_claimed = served.taken * price / divisor + 2 * (served.taken * price % divisor) / divisor,
      at_agreed = served.taken * agreed / divisor + 2 * (served.taken * agreed % divisor) / divisor
    FROM (
      SELECT position,
        CASE WHEN ahead >= accepted THEN 0
          WHEN most < accepted - ahead THEN most ELSE accepted - ahead END AS taken,
        CASE WHEN ahead >= accepted THEN 'duplicate_line' END AS flaw
      FROM (
        SELECT position, accepted, most, claimed - most + CAST(SUM(most) OVER (
            PARTITION BY work_item_id ORDER BY queue ROWS UNBOUNDED PRECEDING
          ) AS BIGINT) AS ahead
        FROM matchline
        WHERE flaw IS NULL AND (claimed > 0 OR work_item_id IN (
          SELECT work_item_id FROM matchline
          WHERE flaw IS NULL GROUP BY work_item_id HAVING COUNT(*) > 1))
      ) AS queued
    ) AS served
    WHERE matchline.position = served.position
    """
)
