"""What an agreed term says, as rules read it and as people do."""

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from vendorops.domain.adjustments import AdjustmentFacts
from vendorops.domain.earnings import KIND as PAY_PLAN
from vendorops.domain.earnings import PayTerms
from vendorops.domain.matching import MatchingDegree
from vendorops.domain.matching.degrees import KIND as MATCHING
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.tables import AgreedTerm

_FACTS = TypeAdapter(AdjustmentFacts)
_DEGREE = TypeAdapter(MatchingDegree)
_PAY = TypeAdapter(PayTerms)


def facts_of(row: AgreedTerm) -> AdjustmentFacts:
    """Return what a term says."""
    return _FACTS.validate_json(row.facts)


def degree_of(row: AgreedTerm) -> MatchingDegree:
    """Return what a term of the kind `matching` says."""
    return _DEGREE.validate_json(row.facts)


def pay_terms_of(row: AgreedTerm) -> PayTerms:
    """Return what a term of the kind `pay_plan` says."""
    return _PAY.validate_json(row.facts)


def shown_facts(row: AgreedTerm, currency: str) -> Mapping[str, object]:
    """Return a term as people read it."""
    held = {
        "kind": row.kind,
        "categories": row.categories or "all",
        "from": row.valid_from.isoformat(),
        "cite": row.cite,
    }
    if row.kind == MATCHING:
        degree = degree_of(row)
        grades = {"grades": " ".join(degree.grades), "least_grade": degree.least_grade}
        return {**held, "sides": degree.sides, **(grades if degree.grades else {})}
    if row.kind == PAY_PLAN:
        return {**held, **pay_terms_of(row).shown()}
    facts = facts_of(row)
    return {
        **held,
        "months": facts.months,
        "measure": facts.measure,
        "manner": facts.manner,
        "steps": _steps(facts, currency),
        "borne_by": facts.borne_by,
    }


def _steps(facts: AdjustmentFacts, currency: str) -> Sequence[str]:
    def begins(value: int) -> str:
        by_quantity = facts.measure == "quantity"
        return quantity_text(value) if by_quantity else str(Money(value, currency))

    return [
        f"{price_text(step.share_e6)} from {begins(step.from_value)}" for step in facts.steps
    ] or ["nothing"]
