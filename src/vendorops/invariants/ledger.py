"""Double entry: what must be true of accounts and transfers."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M01",
        "a transfer moves an amount above zero between two accounts of its own currency",
        """
        SELECT t.key FROM transfer t
        LEFT JOIN ledgeraccount d ON d.id = t.debit_id
        LEFT JOIN ledgeraccount c ON c.id = t.credit_id
        WHERE t.amount_minor <= 0 OR t.debit_id = t.credit_id OR d.id IS NULL OR c.id IS NULL
        OR d.currency <> t.currency OR c.currency <> t.currency
        """,
    ),
    Invariant(
        "M02",
        "in each currency the debits of all accounts equal their credits",
        """
        SELECT s.currency FROM (
            SELECT a.currency, t.amount_minor AS side FROM transfer t
            JOIN ledgeraccount a ON a.id = t.debit_id
            UNION ALL
            SELECT a.currency, -t.amount_minor AS side FROM transfer t
            JOIN ledgeraccount a ON a.id = t.credit_id
        ) s GROUP BY s.currency HAVING sum(s.side) <> 0
        """,
    ),
    Invariant(
        "M04",
        "no account stands below its floor",
        """
        SELECT b.code FROM (
            SELECT a.code, a.floor_minor,
            (SELECT coalesce(sum(amount_minor), 0) FROM transfer WHERE credit_id = a.id)
            - (SELECT coalesce(sum(amount_minor), 0) FROM transfer WHERE debit_id = a.id) AS due,
            CASE a.kind WHEN 'liability' THEN 1 ELSE -1 END AS sense
            FROM ledgeraccount a WHERE a.floor_minor IS NOT NULL
        ) b WHERE b.due * b.sense < b.floor_minor
        """,
    ),
    Invariant(
        "M05",
        "every transfer hangs on an event and its key was used once",
        """
        SELECT t.key FROM transfer t LEFT JOIN event e ON e.id = t.event_id
        WHERE e.id IS NULL
        UNION SELECT key FROM transfer GROUP BY key HAVING count(*) > 1
        """,
    ),
    Invariant(
        "M06",
        "a transfer is reversed at most once, by its mirror image",
        """
        SELECT r.key FROM transfer r JOIN transfer t ON t.id = r.reverses_id
        WHERE r.debit_id <> t.credit_id OR r.credit_id <> t.debit_id
        OR r.amount_minor <> t.amount_minor
        UNION SELECT max(key) FROM transfer WHERE reverses_id IS NOT NULL
        GROUP BY reverses_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "M07",
        "nothing was booked in a month after it was closed",
        """
        SELECT t.key FROM transfer t
        JOIN closedmonth c ON c.month = substr(cast(t.business_day AS text), 1, 7)
        WHERE t.id > c.id
        """,  # Keys rise with time, so a later key is a later booking.
    ),
    Invariant(
        "M24",
        "every payment sent is booked exactly once, for its amount",
        """
        SELECT p.reference FROM payment p
        WHERE p.status IN ('sent', 'accepted_by_bank', 'settled', 'rejected', 'returned')
        AND 1 <> (SELECT count(*) FROM transfer t WHERE t.key = 'payment/' || p.reference
                  AND t.amount_minor = p.amount_minor AND t.currency = p.currency)
        """,
    ),
)
