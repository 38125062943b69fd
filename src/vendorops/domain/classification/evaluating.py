"""What follows from answers: pure, and the same for ever for one version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vendorops.domain.classification.questionnaire import Asked, Method, Questionnaire, Rule
from vendorops.domain.refusal import Refused

Answers = Mapping[str, Mapping[str, str]]
"""Question to `is` and, where it is told, `evidence`."""


class BadAnswers(Refused):
    """Answers that are missing, unknown, of another kind, or rest on nothing."""


@dataclass(frozen=True)
class Outcome:
    """What a questionnaire came to."""

    result: str
    score: int
    threshold: int | None
    """The score from which on a person looked on that day; None where no score is held."""
    held: bool
    """Whether a person must settle it before anything rests on it."""
    reasons: tuple[str, ...]
    """What decided: the rule, then what counted."""


def evaluate(asked: Questionnaire, answers: Answers, day: date, method: str = "") -> Outcome:
    """Return the result of the first rule that is met; refuse what is missing or not asked.

    `day` chooses the threshold. Refuses with BadAnswers, naming every question concerned.
    """
    chosen = asked.method(method or asked.usual_method)
    _refuse_incomplete(asked, chosen, answers)
    given = {ident: answers[ident]["is"] for ident in chosen.questions}
    points = {ident: asked.questions[ident].points(said) for ident, said in given.items()}
    score = sum(points.values())
    limit = asked.thresholds.on(day) if asked.thresholds else None
    reached = limit is not None and score >= limit.score
    rule = next(each for each in chosen.rules if _met(each, given, score, reached=reached))
    reasons = [rule.why, *(f"{ident} {more:+d}" for ident, more in points.items() if more)]
    if limit and reached:
        reasons.append(f"score {score} reaches {limit.score} ({limit.cite})")
    threshold = limit.score if limit else None
    return Outcome(rule.result, score, threshold, rule.hold or reached, tuple(reasons))


def _met(rule: Rule, given: Mapping[str, str], score: int, *, reached: bool) -> bool:
    return (
        all(given[ident] in wanted for ident, wanted in rule.when.items())
        and (rule.at_least is None or score >= rule.at_least)
        and (rule.at_most is None or score <= rule.at_most)
        and (reached or not rule.reaches_threshold)
    )


def _refuse_incomplete(asked: Questionnaire, method: Method, answers: Answers) -> None:
    version = f"{asked.code} of {asked.version}"
    missing = [ident for ident in method.questions if ident not in answers]
    if missing:
        raise BadAnswers(f"{version} is not answered: {', '.join(missing)}; answer these as well")
    unknown = [ident for ident in answers if ident not in method.questions]
    if unknown:
        raise BadAnswers(f"{version} does not ask: {', '.join(unknown)}; leave these out")
    for ident in method.questions:
        _refuse_other(asked.questions[ident], answers[ident])


def _refuse_other(question: Asked, answer: Mapping[str, str]) -> None:
    said = answer.get("is", "")
    if said not in question.allowed:
        raise BadAnswers(
            f"{question.id}: {said!r} is no answer; it is one of {', '.join(question.allowed)}"
        )
    if question.evidence and not answer.get("evidence", "").strip():
        raise BadAnswers(f"{question.id}: say under `evidence` what the answer rests on")
