"""Agreed terms: what must be true of the lines that follow from them without any claim."""

from collections.abc import Iterator
from itertools import combinations

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.adjustments import label_of
from vendorops.domain.lifecycle import AgreedTermStatus
from vendorops.invariants._rule import Invariant
from vendorops.tables import AgreedTerm, Contract
from vendorops.working.adjusting import (
    WITHOUT_MONTHS,
    accepted_sheets,
    due_of,
    entered,
    share_work,
)


def wrong_lines(books: Books) -> Iterator[str]:
    """Name the terms whose lines are not what accepted work makes due.

    They are never more; and not less where nothing was accepted since they were entered.
    """
    for row in _agreed(books):
        if row.kind in WITHOUT_MONTHS:
            continue
        contract = books.get(Contract, row.contract_id)
        lines = entered(books, row)
        most = {label_of(due.month): due.minor for due in due_of(books, row, _last(contract))}
        least: dict[str, int] = {}
        if row.closed_through and row.counted_sheets == accepted_sheets(books, contract):
            found = due_of(books, row, row.closed_through)
            least = {label_of(due.month): due.minor for due in found}
        above = any(minor > most.get(month, 0) for month, minor in lines.items())
        if above or any(lines[month] < minor for month, minor in least.items()):
            yield row.reference


def _last(contract: Contract) -> str:
    return f"{contract.ends_on:%Y-%m}"


def sharing_work(books: Books) -> Iterator[str]:
    """Name the terms of a kind that hold for the same work from the same day, or for some of it.

    Terms for the very same work that begin on other days follow each other.
    """
    for one, other in combinations(_agreed(books), 2):
        if (one.contract_id, one.kind) != (other.contract_id, other.kind):
            continue
        follows = one.categories == other.categories and one.valid_from != other.valid_from
        if share_work(one.categories, other.categories) and not follows:
            yield other.reference


def _agreed(books: Books) -> list[AgreedTerm]:
    query = select(AgreedTerm).where(col(AgreedTerm.status) == AgreedTermStatus.AGREED)
    return list(books.session.exec(query.order_by(col(AgreedTerm.id))))


INVARIANTS = (
    Invariant("M80", "the lines of a term are what accepted work makes due by it", wrong_lines),
    Invariant(
        "M81",
        "the lines of a month run up to what is due, each with one memo of its amount and reason",
        """
        SELECT a.reference FROM adjustmentline a JOIN agreedterm t ON t.id = a.agreed_term_id
        LEFT JOIN creditmemo m ON m.source_table = 'adjustmentline' AND m.source_id = a.id
        WHERE m.id IS NULL OR m.net_minor <> a.net_minor OR m.contract_id <> t.contract_id
        OR m.kind <> a.reason OR t.status <> 'agreed' OR a.due_minor <> (
            SELECT sum(b.net_minor) FROM adjustmentline b
            WHERE b.agreed_term_id = a.agreed_term_id AND b.month = a.month
            AND b.number <= a.number)
        UNION SELECT m.reference FROM creditmemo m WHERE m.source_table = 'adjustmentline'
        AND NOT EXISTS (SELECT 1 FROM adjustmentline a WHERE a.id = m.source_id)
        """,
    ),
    Invariant(
        "M82",
        "what the client bears is booked whole and once as it is issued, and never taken off",
        """
        SELECT m.reference FROM creditmemo m WHERE m.borne_by = 'client' AND (
            m.status NOT IN ('draft', 'cancelled', 'exhausted') OR (
            SELECT coalesce(sum(t.amount_minor), 0) FROM transfer t
            WHERE t.key = 'memo/' || m.reference AND t.currency = m.currency
            ) <> CASE WHEN m.status = 'exhausted' THEN m.net_minor ELSE 0 END
            OR EXISTS (SELECT 1 FROM settlementcredit k WHERE k.credit_memo_id = m.id))
        UNION SELECT t.key FROM transfer t WHERE t.key LIKE 'memo/%' AND NOT EXISTS (
            SELECT 1 FROM creditmemo m
            WHERE t.key = 'memo/' || m.reference AND m.borne_by = 'client')
        """,
    ),
    Invariant("M83", "of a kind no two agreed terms hold for the same work at once", sharing_work),
)
