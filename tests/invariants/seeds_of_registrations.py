"""Ways to break what must be true of registrations of persons."""

from tests.invariants.seed import seed

REGISTERED = """
INSERT INTO taxregistration (id, reference, party_id, kind, place, agent, address, applied_on,
    source, opened_by, registered_on, valid_to, status)
SELECT 1, 'TRG-2026-000001', min(id), 'sole_trader', 'cn', 'nobody', 'x', '2026-11-02', 'receipt',
    'lin.buyer', '2026-11-03', NULL, 'registered' FROM party
"""

SEEDS = (seed("S141", "nobody saw that a person was registered", REGISTERED, kin="S02"),)
