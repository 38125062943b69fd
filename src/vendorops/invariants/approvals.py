"""Approvals: what must be true of the steps of the matrix, of delegations and of corrections."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions.matrix import in_force, scope_of
from vendorops.domain.approvals import Scope, Unclear, narrowest
from vendorops.invariants._rule import Invariant
from vendorops.tables import ApprovalRule, Decision

SUPPLIER_ROLE = "supplier"


def _asked_under_the_row_of_its_day(books: Books) -> Iterator[str]:
    """Find questions that were put otherwise than the matrix, as known then, had it."""
    first_steps = select(Decision).where(
        col(Decision.step) == 1,
        col(Decision.corrects_id).is_(None),
        col(Decision.role) != SUPPLIER_ROLE,
    )
    for decision in books.session.exec(first_steps.order_by(col(Decision.id))):
        try:
            wanted = _row_for(books, decision)
        except Unclear:
            wanted = 0
        if decision.rule_id != wanted:
            yield decision.reference


def _row_for(books: Books, decision: Decision) -> int | None:
    known = {
        scope: path.rule.id
        for scope, path in in_force(books, decision.kind, decision.asked_on, decision.id).items()
        if path.rule
    }
    scope = narrowest(known, _scope(decision))
    return known[scope] if scope else None


def _scope(decision: Decision) -> Scope:
    return Scope(
        decision.program,
        decision.place,
        decision.risk,
        decision.currency,
        max(decision.amount_minor, 0),
    )


def _rows_lie_where_they_say(books: Books) -> Iterator[str]:
    """Find decisions under a row of the matrix that does not hold for them."""
    query = select(Decision, ApprovalRule).join(
        ApprovalRule, col(ApprovalRule.id) == col(Decision.rule_id)
    )
    for decision, rule in books.session.exec(query.order_by(col(Decision.id))):
        if rule.kind != decision.kind or not scope_of(rule).fits(_scope(decision)):
            yield decision.reference


INVARIANTS = (
    Invariant(
        "S30",
        "what took effect was approved at every step, each time by somebody else",
        """
        SELECT d.reference FROM decision d
        WHERE d.effective_on IS NOT NULL AND d.answer = 'approve' AND d.step = d.steps
        AND d.steps <> (
            SELECT count(DISTINCT b.step) FROM decision b
            WHERE b.subject_table = d.subject_table AND b.subject_id = d.subject_id
            AND b.kind = d.kind AND b.content_sha256 = d.content_sha256 AND b.risk = d.risk
            AND b.status = 'answered' AND b.answer = 'approve'
            AND b.effective_on IS NOT NULL AND b.answered_on <= d.effective_on)
        UNION SELECT d.reference FROM decision d JOIN decision b
        ON b.subject_table = d.subject_table AND b.subject_id = d.subject_id
        AND b.kind = d.kind AND b.content_sha256 = d.content_sha256 AND b.risk = d.risk
        AND b.step < d.step AND b.status = 'answered'
        WHERE d.status = 'answered' AND (
            b.answered_by IN (d.answered_by, d.on_behalf_of)
            OR (b.on_behalf_of <> '' AND b.on_behalf_of IN (d.answered_by, d.on_behalf_of)))
        UNION SELECT d.reference FROM decision d WHERE d.rule_id IS NOT NULL
        AND (d.steps <> (SELECT count(*) FROM approvalstep s WHERE s.rule_id = d.rule_id)
        OR NOT EXISTS (SELECT 1 FROM approvalstep s WHERE s.rule_id = d.rule_id
            AND s.step = d.step AND s.role = d.role))
        """,
    ),
    Invariant(
        "S31",
        "who answered in another's place did so within a delegation, or as deputy once escalated",
        """
        SELECT d.reference FROM decision d WHERE d.on_behalf_of <> ''
        AND NOT EXISTS (
            SELECT 1 FROM delegation g WHERE g.delegator = d.on_behalf_of
            AND g.delegate = d.answered_by AND g.role = d.role
            AND g.valid_from <= d.answered_on AND g.valid_to > d.answered_on
            AND (g.ended_on IS NULL OR g.ended_on >= d.answered_on)
            AND (g.entered_by = g.delegator OR g.confirmed_by IS NOT NULL)
            AND (g.limit_minor IS NULL OR d.amount_minor = 0
                 OR (g.currency = d.currency AND g.limit_minor >= d.amount_minor)))
        AND (d.escalation < 1 OR NOT EXISTS (
            SELECT 1 FROM rolegrant g WHERE g.handle = d.on_behalf_of
            AND g.deputy = d.answered_by AND g.role = d.role
            AND g.valid_from <= d.answered_on
            AND (g.valid_to IS NULL OR g.valid_to > d.answered_on)))
        """,
    ),
    Invariant(
        "S32",
        "a corrected answer has one successor about the same content, and had no effect",
        """
        SELECT d.reference FROM decision d WHERE d.status = 'corrected'
        AND (d.effective_on IS NOT NULL OR 1 <> (
            SELECT count(*) FROM decision n WHERE n.corrects_id = d.id
            AND n.content_sha256 = d.content_sha256 AND n.kind = d.kind AND n.step = d.step
            AND n.subject_id = d.subject_id AND n.subject_table = d.subject_table
            AND n.status IN ('answered', 'corrected')))
        UNION SELECT n.reference FROM decision n JOIN decision d ON d.id = n.corrects_id
        WHERE d.status <> 'corrected'
        """,
    ),
    Invariant(
        "S33",
        "every question was put under the narrowest row of the matrix of its day",
        _asked_under_the_row_of_its_day,
    ),
    Invariant(
        "S34",
        "a row of the matrix was used for questions it holds for",
        _rows_lie_where_they_say,
    ),
    Invariant(
        "S35",
        "a delegation is by and to people of ours, and never by or to its confirmer",
        """
        SELECT g.reference FROM delegation g WHERE g.delegator = g.delegate
        OR g.entered_by = g.delegate OR g.confirmed_by IN (g.entered_by, g.delegate)
        OR g.role IN ('supplier', 'admin') OR EXISTS (
            SELECT 1 FROM person p WHERE p.handle IN (g.delegator, g.delegate)
            AND p.party_id IS NOT NULL)
        """,
    ),
)
