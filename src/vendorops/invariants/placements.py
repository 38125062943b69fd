"""Placements: what must be true of fees for hires, of guarantees and of what is given back."""

import json
from collections.abc import Iterator
from fractions import Fraction

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money, Rounding
from vendorops.invariants._rule import Invariant
from vendorops.tables import CreditMemo, Placement
from vendorops.working.placing import fee_of


def _given_back(books: Books) -> Iterator[str]:
    query = select(CreditMemo).where(
        col(CreditMemo.source_table) == "placement", col(CreditMemo.status) != "cancelled"
    )
    for memo in books.session.exec(query):
        told = json.loads(memo.basis)
        fee = Money.parse(*str(told["fee"]).split())
        owed = fee.times(Fraction(told["share"]), rounding=Rounding.HALF_UP)
        charged = fee_of(books, books.get(Placement, memo.source_id)).most
        if memo.net_minor != owed.minor or memo.net_minor > charged.minor:
            yield memo.reference


INVARIANTS = (
    Invariant(
        "M40",
        "a guarantee gives back its share of the fee, and never more than was charged",
        _given_back,
    ),
    Invariant(
        "M41",
        "the fee for a hire stands on one line: of its contract, term, day of start and pay",
        """
        SELECT p.reference FROM placement p JOIN workitem w ON w.id = p.work_item_id
        WHERE w.contract_id <> p.contract_id OR w.term <> p.fee_term
        OR w.performed_on <> p.started_on OR w.basis_minor <> p.base_salary_minor
        OR w.quantity_e4 <> 10000
        UNION SELECT max(p.reference) FROM placement p WHERE p.work_item_id IS NOT NULL
        GROUP BY p.work_item_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "M42",
        "who replaces somebody does so once, free, in time, under the same contract",
        """
        SELECT p.reference FROM placement p JOIN placement g ON g.id = p.replaces_id
        WHERE p.work_item_id IS NOT NULL OR g.contract_id <> p.contract_id
        OR g.replaces_id IS NOT NULL OR (p.started_on IS NOT NULL AND (
            g.replacement_due_on IS NULL OR p.started_on > g.replacement_due_on
            OR p.started_on < g.left_on OR g.status NOT IN ('replaced', 'settled')))
        UNION SELECT g.reference FROM placement g WHERE g.status = 'replaced' AND NOT EXISTS (
            SELECT 1 FROM placement p WHERE p.replaces_id = g.id AND p.started_on IS NOT NULL)
        """,
    ),
    Invariant(
        "M43",
        "who started has a day and who reported it; who left a reason and evidence besides",
        """
        SELECT reference FROM placement
        WHERE (started_on IS NULL) <> (status IN ('accepted', 'cancelled'))
        OR (started_on IS NULL) <> (start_reported_by = '')
        OR (left_on IS NULL) = (status IN ('left_early', 'refund_claimed', 'replaced', 'settled'))
        OR (left_on IS NOT NULL AND (left_because = '' OR left_reported_by = ''
            OR evidence_sha256 = '' OR claims = '' OR noticed_on IS NULL OR noticed_on < left_on))
        """,
    ),
    Invariant(
        "M44",
        "nobody accepted the fee of a start that the same person reported",
        """
        SELECT p.reference FROM placement p JOIN workitem w ON w.id = p.work_item_id
        JOIN decision d ON d.subject_table = 'servicesheet' AND d.subject_id = w.service_sheet_id
        WHERE d.kind = 'acceptance' AND d.status = 'answered' AND d.answer = 'approve'
        AND p.start_reported_by <> ''
        AND p.start_reported_by IN (d.answered_by, d.on_behalf_of)
        """,
    ),
    Invariant(
        "M45",
        "a fee is given back once, for somebody who left, as whoever reported it said",
        """
        SELECT m.reference FROM creditmemo m LEFT JOIN placement p ON p.id = m.source_id
        WHERE m.source_table = 'placement' AND (p.id IS NULL OR m.kind <> 'guarantee'
            OR p.status NOT IN ('refund_claimed', 'settled') OR p.contract_id <> m.contract_id
            OR p.left_reported_by <> m.raised_by)
        UNION SELECT m.reference FROM creditmemo m JOIN placement p ON p.replaces_id = m.source_id
        WHERE m.source_table = 'placement' AND p.started_on IS NOT NULL
        """,
    ),
    Invariant(
        "M46",
        "who left early did so within the guarantee, after the start",
        """
        SELECT reference FROM placement WHERE left_on IS NOT NULL
        AND (guarantee_until IS NULL OR left_on > guarantee_until OR left_on < started_on)
        """,
    ),
)
