"""The match as SQL that SQLite and PostgreSQL read alike: integers only, so they compute alike.

It says what domain/matching.judge says, for all lines of a month at once. Division of integers
drops the remainder in both databases; `p / d + 2 * (p % d) / d` therefore rounds half up, away
from zero. No product leaves 64 bits: those of the rows are bounded by their checks, and what is
multiplied with the agreed price is never more than the accepted quantity.

Judged again later (`:live = 0`), work is taken as the reconciliation found it then.
"""

from sqlalchemy import bindparam, text

from vendorops.tables.columns import Day

# CROSS JOIN keeps SQLite from walking through all lines there ever were; MATERIALIZED keeps it
# from asking for the flaw of a line again wherever it is used.
JUDGE = text(
    """
    INSERT INTO matchline
      (position, queue, reconciliation_id, invoice_id, invoice_line_id, work_item_id, net,
       quantity, price, accepted, claimed, agreed, divisor, own, most, taken, at_claimed,
       at_agreed, spare, spare_minor, treatment, excess, flaw)
    WITH known AS (
      SELECT c.before + l.line AS position, c.queue + l.line AS queue, c.divisor,
        c.reconciliation_id, c.flaw AS claim_flaw, i.kind, i.currency AS claim_currency,
        i.supplier_id AS claimant,
        l.invoice_id, l.id AS invoice_line_id, l.work_reference, l.tax_category, l.tax_rate_e4,
        l.net_minor AS net, l.quantity_e4 AS quantity, l.price_e6 AS price,
        w.id AS work_item_id, w.currency, w.performed_on, w.price_e6 AS agreed,
        COALESCE(s.accepted_e4, w.accepted_e4) AS accepted, w.accepted_on,
        CASE WHEN :live = 1 THEN w.claimed_e4
          WHEN w.id IS NOT NULL THEN COALESCE(s.claimed_e4, 0) END AS claimed,
        t.price_share_e6, t.price_minor, t.spare_share_e6, t.spare_minor,
        t.tax_category AS due_category, t.tax_rate_e4 AS due_rate_e4, t.grades,
        ',' || COALESCE(w.grade, '') || ',' AS grade
      FROM matchclaim AS c
      CROSS JOIN invoice AS i
      CROSS JOIN invoiceline AS l
      LEFT JOIN referencecorrection AS x
        ON x.invoice_line_id = l.id AND x.id < c.reconciliation_id
      LEFT JOIN workitem AS w
        ON w.id = COALESCE(x.work_item_id, l.work_item_id) AND w.contract_id = i.contract_id
      LEFT JOIN matchterm AS t ON t.contract_id = w.contract_id AND t.term = w.term
        AND t.first_day <= w.performed_on AND w.performed_on < t.end_day
      LEFT JOIN sealedwork AS s
        ON :live = 0 AND s.reconciliation_id = c.reconciliation_id AND s.work_item_id = w.id
      WHERE i.id = c.invoice_id AND l.invoice_id = c.invoice_id
    ),
    fact AS MATERIALIZED (
      SELECT *,
        CASE WHEN quantity < accepted THEN quantity ELSE accepted END AS most,
        abs(agreed) / 1000000 * price_share_e6
          + abs(agreed) % 1000000 * price_share_e6 / 1000000 AS leeway,
        accepted / 1000000 * spare_share_e6
          + accepted % 1000000 * spare_share_e6 / 1000000 AS spare,
        CASE WHEN claim_flaw <> '' THEN claim_flaw
          WHEN kind = 'credit_note' THEN 'credit'
          WHEN work_item_id IS NULL THEN
            CASE WHEN work_reference = '' THEN 'no_reference'
              WHEN EXISTS (
                SELECT 1 FROM linecoverage AS v
                WHERE v.invoice_line_id = known.invoice_line_id) THEN 'covers'
              WHEN EXISTS (
                SELECT 1 FROM workitem AS o JOIN contract AS d ON d.id = o.contract_id
                WHERE o.reference = work_reference AND d.supplier_id = claimant
                  AND o.id < reconciliation_id) THEN 'no_such_work'
              ELSE 'reference_unknown' END
          WHEN currency <> claim_currency THEN 'wrong_currency'
          WHEN performed_on >= :end_day
            OR (performed_on < :first_day AND accepted > 0 AND accepted_on < :first_day
              AND claimed = 0)
            THEN 'wrong_period'
          WHEN quantity <= 0 OR price < 0 OR net < 0 THEN 'credit'
          WHEN kind = 'statement' THEN NULL
          WHEN tax_category <> due_category THEN 'wrong_tax_category'
          WHEN tax_rate_e4 <> due_rate_e4 THEN 'wrong_tax_rate'
        END AS flaw
      FROM known
    ),
    priced AS (
      SELECT *,
        CASE WHEN flaw IS NULL THEN
          quantity * price / divisor + 2 * (quantity * price % divisor) / divisor END AS own,
        CASE WHEN flaw IS NULL THEN
          most * price / divisor + 2 * (most * price % divisor) / divisor END AS at_claimed,
        CASE WHEN flaw IS NULL THEN
          most * agreed / divisor + 2 * (most * agreed % divisor) / divisor END AS at_agreed
      FROM fact
    ),
    rated AS (
      SELECT *,
        CASE WHEN flaw = 'credit' AND kind = 'credit_note' AND net <= 0 THEN 'tolerated'
          WHEN flaw IS NOT NULL THEN 'disputed'
          WHEN abs(price - agreed) <= leeway AND abs(at_claimed - at_agreed) <= price_minor
            THEN 'tolerated' ELSE 'disputed' END AS treatment
      FROM priced
    )
    SELECT position, queue, reconciliation_id, invoice_id, invoice_line_id, work_item_id, net,
      quantity, price, accepted, claimed, agreed, divisor, own, most, most, at_claimed,
      at_agreed, spare, spare_minor, treatment,
      CASE WHEN treatment = 'tolerated' AND quantity - most <= spare
        AND own - at_claimed <= spare_minor THEN 'tolerated' ELSE 'disputed' END,
      CASE WHEN flaw IS NOT NULL THEN flaw
        WHEN abs(net - own) > 1 THEN 'line_arithmetic'
        WHEN accepted = 0 THEN 'not_accepted_yet'
        WHEN REPLACE(grades, grade, '') = grades THEN 'grade_below_agreed'
        WHEN price < agreed AND treatment = 'disputed' THEN 'price_below_term'
      END
    FROM rated
    """
).bindparams(bindparam("first_day", type_=Day()), bindparam("end_day", type_=Day()))

# Few lines share their work with another claim: only they are worth a window, and a narrow one.
SHARED = text(
    """
    INSERT INTO matchshared (work_item_id)
    SELECT work_item_id FROM matchline WHERE flaw IS NULL
    GROUP BY work_item_id HAVING COUNT(*) > 1 OR MAX(claimed) > 0
    """
)

SHARE = text(
    """
    UPDATE matchline
    SET taken = served.taken, flaw = served.flaw,
      at_claimed = served.at_claimed,
      at_agreed = served.taken * agreed / divisor
        + 2 * (served.taken * agreed % divisor) / divisor,
      excess = CASE WHEN treatment = 'tolerated' AND quantity - served.taken <= spare
        AND own - served.at_claimed <= spare_minor THEN 'tolerated' ELSE 'disputed' END
    FROM (
      SELECT position, taken, flaw,
        taken * price / divisor + 2 * (taken * price % divisor) / divisor AS at_claimed
      FROM (
        SELECT position, price, divisor,
          CASE WHEN ahead >= accepted THEN 0
            WHEN most < accepted - ahead THEN most ELSE accepted - ahead END AS taken,
          CASE WHEN ahead >= accepted THEN 'duplicate_line' END AS flaw
        FROM (
          SELECT position, price, divisor, accepted, most, claimed - most + CAST(SUM(most) OVER (
              PARTITION BY work_item_id ORDER BY queue ROWS UNBOUNDED PRECEDING
            ) AS BIGINT) AS ahead
          FROM matchline
          WHERE flaw IS NULL AND work_item_id IN (SELECT work_item_id FROM matchshared)
        ) AS queued
      ) AS shared
    ) AS served
    WHERE matchline.position = served.position
    """
)

# Asked only where claims have a limit for all that their lines stray.
TOTAL = text(
    """
    UPDATE matchline SET excess = 'disputed',
      treatment = CASE WHEN at_claimed > at_agreed THEN 'disputed' ELSE treatment END
    WHERE flaw IS NULL AND invoice_id IN (
      SELECT m.invoice_id FROM matchline AS m
      JOIN matchclaim AS c ON c.invoice_id = m.invoice_id
      WHERE m.flaw IS NULL AND c.total_minor IS NOT NULL
      GROUP BY m.invoice_id, c.total_minor
      HAVING SUM(
        CASE WHEN m.treatment = 'tolerated' AND m.at_claimed > m.at_agreed
          THEN m.at_claimed - m.at_agreed ELSE 0 END
        + CASE WHEN m.excess = 'tolerated' AND m.taken < m.quantity
          THEN m.own - m.at_claimed ELSE 0 END) > c.total_minor)
    """
)

# Asked only where what is claimed could exceed a cap: see `matched`.
CAP = text(
    """
    UPDATE matchline SET flaw = 'cap_exceeded', taken = 0
    FROM (
      SELECT position, payable, room, CAST(SUM(payable) OVER (
          PARTITION BY contract_id ORDER BY queue ROWS UNBOUNDED PRECEDING
        ) AS BIGINT) AS running
      FROM (
        SELECT m.position, m.queue, c.contract_id, r.room,
          CASE WHEN m.flaw = 'credit' AND treatment = 'tolerated' THEN net
            WHEN m.flaw IS NOT NULL THEN 0
            ELSE at_agreed + net - own
              + CASE WHEN treatment = 'tolerated' THEN at_claimed - at_agreed ELSE 0 END
              + CASE WHEN taken < quantity AND excess = 'tolerated' THEN own - at_claimed ELSE 0
                END
          END AS payable
        FROM matchline AS m
        JOIN matchclaim AS c ON c.invoice_id = m.invoice_id
        JOIN matchroom AS r ON r.contract_id = c.contract_id
      ) AS due
    ) AS paid
    WHERE matchline.position = paid.position AND payable > 0 AND running > room
    """
)
