"""The strict shape of a questionnaire's file, and what makes one whole."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vendorops.domain.classification import (
    Asked,
    Method,
    Questionnaire,
    Result,
    Rule,
    Threshold,
)
from vendorops.domain.dated import Dated


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def whole(value: object) -> object:
    """Read a plain decimal without a fraction as the whole number it is."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def _plain(value: object) -> object:
    """Read an answer as text: `-1` as well as `yes`."""
    return str(int(value)) if isinstance(value, Decimal) and value == int(value) else value


def _several(value: object) -> object:
    return value if isinstance(value, list) else [value]


Whole = Annotated[int, BeforeValidator(whole)]
Words = Annotated[str, Field(min_length=1)]
Cite = Annotated[str, Field(min_length=6)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Said = Annotated[str, BeforeValidator(_plain)]
SaidOneOf = Annotated[list[Said], BeforeValidator(_several)]
Several = Annotated[list[Words], BeforeValidator(_several)]


class _Question(_Strict):
    id: Code
    zh: Words
    en: Words
    kind: Literal["yes_no", "choice", "factor"]
    choices: list[Code] = []
    weight: Whole = 0
    evidence: bool = False

    @model_validator(mode="after")
    def _has_choices_where_it_needs_them(self) -> Self:
        if (self.kind == "choice") != (len(self.choices) > 1):
            raise ValueError(f"{self.id}: a choice, and nothing else, lists two choices or more")
        return self


class _Rule(_Strict):
    result: Code
    why: Words
    when: dict[Code, SaidOneOf] = {}
    at_least: Whole | None = None
    at_most: Whole | None = None
    reaches_threshold: bool = False
    hold: bool = False

    def rule(self) -> Rule:
        told = self.model_dump() | {"when": {ask: tuple(of) for ask, of in self.when.items()}}
        return Rule(**told)


class _Method(_Strict):
    questions: list[Code] = []
    rules: Annotated[list[_Rule], Field(min_length=1)]


class _Threshold(_Strict):
    score: Whole
    cite: Cite


class _Result(_Strict):
    zh: Words
    en: Words
    defaults: dict[Code, Several] = {}


class Written(_Strict):
    """One file of the shelf."""

    code: Code
    since: date
    zh: Words
    en: Words
    cite: Cite
    sure: bool = True
    role: Code
    questions: Annotated[list[_Question], Field(min_length=1)]
    methods: Annotated[dict[Code, _Method], Field(min_length=1)]
    usual_method: Code = "standard"
    results: Annotated[dict[Code, _Result], Field(min_length=2)]
    thresholds: dict[date, _Threshold] = {}

    @model_validator(mode="after")
    def _leaves_no_case_undecided(self) -> Self:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    def _faults(self) -> Iterator[str]:
        idents = [question.id for question in self.questions]
        if len(set(idents)) != len(idents):
            yield "questions: an id is there twice"
        if self.usual_method not in self.methods:
            yield f"usual_method: {self.usual_method} is none of the methods"
        if self.thresholds and min(self.thresholds) > self.since:
            yield "thresholds: the first begins after the questionnaire"
        for code, method in self.methods.items():
            yield from (f"{code}: {fault}" for fault in self._faults_of(method))

    def _faults_of(self, method: _Method) -> Iterator[str]:
        known = {question.id: question for question in self._asked()}
        needed = method.questions or list(known)
        yield from (f"asks {ident}, which is no question" for ident in set(needed) - set(known))
        rules = [each.rule() for each in method.rules]
        if [rule.always for rule in rules] != [False] * (len(rules) - 1) + [True]:
            yield "the last rule, and no other, has no condition"
        for rule in rules:
            if rule.result not in self.results:
                yield f"{rule.result} is none of the results"
            if rule.reaches_threshold and not self.thresholds:
                yield "a rule names the threshold, but there is none"
            for ident, wanted in rule.when.items():
                if ident not in needed or not set(wanted) <= set(known[ident].allowed):
                    yield f"no answer of {ident} meets {', '.join(wanted)}"

    def _asked(self) -> list[Asked]:
        return [
            Asked(**question.model_dump() | {"choices": tuple(question.choices)})
            for question in self.questions
        ]

    def questionnaire(self, sha256: str) -> Questionnaire:
        """Return the file as it is evaluated."""
        questions = {question.id: question for question in self._asked()}
        return Questionnaire(
            **self.model_dump(include={"code", "since", "zh", "en", "cite", "sure", "role"}),
            questions=questions,
            methods={
                code: Method(
                    tuple(each.questions or questions), tuple(rule.rule() for rule in each.rules)
                )
                for code, each in self.methods.items()
            },
            usual_method=self.usual_method,
            results={
                code: Result(
                    each.zh, each.en, {name: tuple(of) for name, of in each.defaults.items()}
                )
                for code, each in self.results.items()
            },
            thresholds=self._thresholds(),
            sha256=sha256,
        )

    def _thresholds(self) -> Dated[Threshold] | None:
        if not self.thresholds:
            return None
        dated = {day: Threshold(each.score, each.cite) for day, each in self.thresholds.items()}
        return Dated(f"threshold of {self.code}", dated)
