"""Names and risks: what must be true of whom we compared with whom, and what followed."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.invariants._rule import Invariant
from vendorops.naming import name_keys
from vendorops.risk import RULES, TIERS, tier_of
from vendorops.tables import NameKey, Party, Qualification, RiskAssessment


def _not_found(books: Books) -> Iterator[str]:
    """Yield the parties whose names changed, or that somebody hid from a search."""
    kept: dict[int, set[str]] = defaultdict(set)
    for ident, key in books.session.exec(select(NameKey.party_id, NameKey.key)):
        kept[ident].add(key)
    for party in books.session.exec(select(Party).order_by(col(Party.id))):
        if kept[party.id] != name_keys(party.name, party.kind):
            yield f"party {party.id}"


def _rated_otherwise(books: Books) -> Iterator[str]:
    """Yield the cases whose tier or score is not what counted for them."""
    for made in books.session.exec(select(RiskAssessment).order_by(col(RiskAssessment.id))):
        counted = json.loads(made.inputs)
        score = sum(one["points"] for one in counted)
        tier = tier_of(RULES.on(date.fromisoformat(made.rules)), score)
        digest = content_sha256([counted, made.rules, made.tier, made.score])
        too_low = TIERS.index(made.tier) < TIERS.index(tier)
        if score != made.score or too_low or digest != made.content_sha256:
            yield books.get(Qualification, made.qualification_id).reference


INVARIANTS = (
    Invariant("R01", "every party is found by how its name looks and sounds", _not_found),
    Invariant(
        "R02",
        "every hit on a list was put to a person as a doubt about that party",
        """
        SELECT 'hit ' || h.id FROM screeninghit h WHERE NOT EXISTS (
            SELECT 1 FROM review r WHERE r.id = h.review_id AND r.party_id = h.party_id
            AND r.kind = 'screening')
        UNION SELECT 'screening ' || s.id FROM screening s WHERE s.hits > (
            SELECT count(*) FROM screeninghit h WHERE h.party_id = s.party_id)
        """,
    ),
    Invariant(
        "R03",
        "of a list one version is current, and names exactly whom it was loaded with",
        """
        SELECT name FROM watchlist GROUP BY name
        HAVING sum(CASE WHEN status = 'current' THEN 1 ELSE 0 END) <> 1
        UNION SELECT w.reference FROM watchlist w WHERE w.status = 'current' AND w.count <> (
            SELECT count(*) FROM watchentry e
            WHERE e.list_name = w.name AND e.dropped_by IS NULL)
        """,
    ),
    Invariant("R04", "a supplier's risk follows from what was counted", _rated_otherwise),
    Invariant(
        "R05",
        "a doubt that was found true was cleared by two people, or not at all",
        """
        SELECT r.reference FROM review r WHERE r.status = 'cleared' AND (
            r.clearing_by <> '' OR EXISTS (
                SELECT 1 FROM event e WHERE e.subject_table = 'review' AND e.subject_id = r.id
                AND e.action = 'moved' AND e.after = 'confirmed'))
        AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'review_clearing'
            AND d.subject_table = 'review' AND d.subject_id = r.id
            AND d.answer = 'approve' AND d.answered_by <> r.clearing_by)
        """,
    ),
)
