"""People of the labour platform whose rows were tampered with."""

from tests.invariants.seed import seed

WORKER = """
INSERT INTO worker (id, reference, supplier_id, name, place, identifier_scheme, identifier_masked,
    identifier_index, email, status)
SELECT 71, 'WKR-2026-000071', id, '周明', 'cn', 'cn_ric', '••••0071', 'none', '', 'active'
FROM supplier LIMIT 1
"""
PROFILE = """
INSERT INTO talentprofile (id, reference, worker_id, registered_by, registered_on, strengths,
    entry_sha256, proposable_from, status)
VALUES (72, 'TAL-2026-000072', 71, 'lin.buyer', '2026-10-01', '[]', '', '2026-10-02',
    'proposable')
"""
ASSESSMENT = """
INSERT INTO assessment (id, reference, profile_id, model, scores, grade, assessor, assessed_on,
    evidence_sha256)
VALUES (73, 'ASM-2026-000073', 72, 'web_anchor',
    '{"business":90,"charm":89,"industry":90,"mental":90,"platform":90}', 'gold', 'lin.buyer',
    '2026-10-02', '')
"""
PROPOSAL = """
INSERT INTO talentproposal (id, demand_id, profile_id, formula, rank, score, points, proposed_by,
    proposed_on, outcome)
VALUES (74, 1, 72, '2026.1', 1, 3001,
    '[{"kind":"role","code":"2.3.4","weight":30,"share":100,"points":3000}]', 'lin.buyer',
    '2026-10-02', 'open')
"""
CERTIFICATE = """
INSERT INTO talentcertificate (id, reference, profile_id, kind, track, level, issuer,
    number_masked, number_index, valid_from, claimed_by, verified_by, verified_on, status)
VALUES (75, 'CRT-2026-000075', 72, 'omc', 'web_anchor', 'senior', 'x', '', '', '2026-01-01',
    'lin.buyer', 'lin.buyer', '2026-10-02', 'verified')
"""

SEEDS = (
    seed("S70", "a worker whose number the vault does not have", WORKER, kin="S02"),
    seed("S71", "somebody is proposable whom nobody verified", PROFILE, kin="S02 S74"),
    seed("S72", "a grade that one force does not reach", ASSESSMENT),
    seed("S73", "a score that is more than its points", PROPOSAL),
    seed("S74", "somebody verified the certificate he claimed", CERTIFICATE, kin="S02"),
)
