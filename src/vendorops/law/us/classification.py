"""Answers of `law evaluate` on who is an employee: the questionnaires of the United States, asked.

Sources: California Lab. Code 2775 (ABC); the Department of Labor's economic-reality rules, of
which nobody knows yet which one holds: a switch chooses, and both are written.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vendorops import questionnaires
from vendorops.domain.classification import evaluate
from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule


class AbcFacts(BaseModel):
    """The three prongs."""

    model_config = ConfigDict(extra="forbid", strict=True)
    free_from_control: bool = Field(alias="A_free_from_control")
    outside_business: bool = Field(alias="B_outside_usual_business")
    own_trade: bool = Field(alias="C_independent_trade")


class Factors(BaseModel):
    """Each factor: -1 speaks for an employee, 1 for a contractor, 0 for neither."""

    model_config = ConfigDict(extra="forbid", strict=True)
    factors: dict[str, Annotated[int, Field(ge=-1, le=1)]]


def abc(inputs: Inputs, _place: Jurisdiction, day: date) -> dict[str, object]:
    """Return whether all three prongs are met."""
    asked = AbcFacts.model_validate(inputs)
    prongs = {
        "a_free_from_control": asked.free_from_control,
        "b_outside_business": asked.outside_business,
        "c_own_trade": asked.own_trade,
    }
    answers = {ident: {"is": "yes" if met else "no"} for ident, met in prongs.items()}
    found = evaluate(questionnaires.on("us_abc", day), answers, day)
    return {"independent_contractor": found.result == "contractor", "because": found.reasons[0]}


def economic_reality(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the factors come to, by one of the two ways to weigh them."""
    asked = Factors.model_validate(inputs)
    method = place.law_of(day).text("classification.economic_reality")
    answers = {
        ident: {"is": str(said), "evidence": "as the case says"}
        for ident, said in asked.factors.items()
    }
    found = evaluate(questionnaires.on("us_economic_reality", day), answers, day, method)
    return {"result": found.result, "method": method, "score": found.score}


RULES: dict[str, Rule] = {
    "classification.abc": abc,
    "classification.economic_reality": economic_reality,
}
