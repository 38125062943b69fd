"""What an engagement is in the eyes of a law: a questionnaire, its answers, and what follows."""

from vendorops.domain.classification.evaluating import BadAnswers, Outcome, evaluate
from vendorops.domain.classification.questionnaire import (
    Asked,
    Method,
    Questionnaire,
    Result,
    Rule,
    Threshold,
    UnknownMethod,
)

__all__ = [
    "Asked",
    "BadAnswers",
    "Method",
    "Outcome",
    "Questionnaire",
    "Result",
    "Rule",
    "Threshold",
    "UnknownMethod",
    "evaluate",
]
