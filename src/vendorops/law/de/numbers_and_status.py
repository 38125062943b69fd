"""Answers of `law evaluate` on routing numbers of public buyers and on bogus self-employment."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from vendorops import questionnaires
from vendorops.domain.classification import evaluate
from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier


class Number(BaseModel):
    """A number as somebody wrote it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    value: str


class Evidence(BaseModel):
    """What is true of a person of those questions that speak for employment."""

    model_config = ConfigDict(extra="forbid", strict=True)
    found: list[str]


def leitweg(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether a text is a routing number of a public buyer (BT-10)."""
    try:
        identifier("de_leitweg").check(Number.model_validate(inputs).value)
    except Refused:
        return {"valid": False}
    return {"valid": True}


def self_employed(inputs: Inputs, _place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the evidence comes to (BGB s. 611a, SGB IV s. 7(1))."""
    said = Evidence.model_validate(inputs).found
    asked = questionnaires.on("de_scheinselbstaendigkeit", day)
    all_no = {each: {"is": "no"} for each in asked.questions}
    answers = all_no | {each: {"is": "yes"} for each in said}
    outcome = evaluate(asked, answers, day)
    return {
        "result": outcome.result,
        "score": outcome.score,
        "reasons": list(outcome.reasons),
    }


RULES: dict[str, Rule] = {
    "id.leitweg": leitweg,
    "classification.scheinselbstaendigkeit": self_employed,
}
