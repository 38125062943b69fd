"""People: what must be true of decisions, approvals, accounts and parties."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "S06",
        "nobody approves what he asked for, made or proposed",
        """
        SELECT reference FROM decision
        WHERE answer <> '' AND (answered_by = asked_by OR on_behalf_of = asked_by
        OR ' ' || not_by || ' ' LIKE '% ' || answered_by || ' %'
        OR (on_behalf_of <> '' AND ' ' || not_by || ' ' LIKE '% ' || on_behalf_of || ' %'))
        UNION SELECT reference FROM paymentbatch
        WHERE approved_by = planned_by OR released_by = planned_by OR approved_by = released_by
        """,
    ),
    Invariant(
        "S07",
        "who answered held the role, and the limit, at that moment",
        """
        SELECT d.reference FROM decision d WHERE d.status IN ('answered', 'corrected')
        AND (d.authority = '' OR NOT EXISTS (
            SELECT 1 FROM rolegrant g WHERE g.role = d.by_role
            AND g.handle = CASE d.on_behalf_of WHEN '' THEN d.answered_by ELSE d.on_behalf_of END
            AND g.valid_from <= d.answered_on
            AND (g.valid_to IS NULL OR g.valid_to > d.answered_on)
            AND (g.limit_minor IS NULL OR d.amount_minor = 0
                 OR (g.currency = d.currency AND g.limit_minor >= d.amount_minor)))
        OR (d.by_role <> d.role AND (d.escalation < 2 OR NOT EXISTS (
            SELECT 1 FROM escalationrule e WHERE e.role = d.role AND e.escalates_to = d.by_role
            AND e.valid_from <= d.answered_on))))
        """,
    ),
    Invariant(
        "S09",
        "nobody decides for the party he belongs to, but its signer",
        """
        SELECT d.reference FROM decision d JOIN person p ON p.handle = d.answered_by
        WHERE (d.role <> 'supplier' AND p.party_id IS NOT NULL)
        OR (d.role = 'supplier' AND (p.party_id IS NULL OR p.party_id <> d.party_id))
        """,
    ),
    Invariant(
        "S11",
        "an idempotency key stands for one command",
        "SELECT max(key) FROM idempotencykey GROUP BY actor, key HAVING count(*) > 1",
    ),
    Invariant(
        "S13",
        "nothing waits without an owner, or a word on who is missing, and a due date",
        """
        SELECT reference FROM decision WHERE status IN ('requested', 'reminded', 'escalated')
        AND (role = '' OR due_on IS NULL OR due_on < asked_on
        OR (owner = '' AND missing = '') OR (owner <> '' AND NOT EXISTS (
            SELECT 1 FROM person p WHERE p.handle = decision.owner)))
        UNION SELECT subject_reference FROM refusal WHERE resolved_on IS NULL
        AND (owner_role = '' OR due_on < refused_on)
        UNION SELECT reference FROM review WHERE status = 'open'
        AND (role = '' OR due_on < found_on)
        """,
    ),
    Invariant(
        "S19",
        "nobody answered a question before it was asked",
        "SELECT reference FROM decision WHERE answered_on < asked_on",
    ),
    Invariant(
        "S15",
        "a contract in force has the document that was signed, and it is kept",
        """
        SELECT c.reference FROM contract c
        WHERE c.status IN ('signed', 'effective', 'expired', 'terminated')
        AND (c.signed_sha256 IS NULL OR c.signed_by IS NULL OR c.sent_sha256 IS NULL
        OR (c.signed_how <> 'file' AND c.signed_sha256 <> c.sent_sha256)
        OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = c.document_sha256)
        OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = c.sent_sha256)
        OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = c.signed_sha256)
        OR NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'signature' AND d.subject_id = c.id
            AND d.answer = 'approve' AND d.answered_by = c.signed_by))
        """,
    ),
    Invariant(
        "S16",
        "an identity number and an account in use belong to one party",
        """
        SELECT max(name) FROM party GROUP BY identifier_scheme, identifier_index
        HAVING count(*) > 1
        UNION SELECT max(reference) FROM bankaccount
        WHERE status IN ('verified', 'approved', 'active')
        GROUP BY number_index HAVING count(*) > 1
        """,
    ),
)
