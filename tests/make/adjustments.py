"""Terms that a contract agrees beside its prices."""

from dataclasses import asdict
from typing import Any

from tests.make.days import SHA
from tests.make.rows import put
from vendorops.books import Books, canonical
from vendorops.domain.adjustments import AdjustmentFacts
from vendorops.domain.matching import MatchingDegree
from vendorops.tables import AgreedTerm, Contract

BY_GRADE = MatchingDegree(grades=("A", "B", "C"), least_grade="B")
"""Work is accepted by one of three grades, and paid by the first two."""


def agreed_term(
    books: Books, of: Contract, facts: AdjustmentFacts | MatchingDegree, **changed: Any
) -> AgreedTerm:
    """A term that holds from the first day of its contract on, for all of its work."""
    usual = {
        "reference": books.reference("AGT"),
        "contract_id": of.id,
        "kind": facts.kind,
        "valid_from": of.starts_on,
        "facts": canonical(asdict(facts)).decode(),
        "cite": "annex 3",
        "source_sha256": SHA,
        "proposed_by": "lin.buyer",
        "proposed_on": of.starts_on,
        "status": "agreed",
    }
    return put(books, AgreedTerm, usual, changed)
