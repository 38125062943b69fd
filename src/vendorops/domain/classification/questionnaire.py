"""A questionnaire of one version: what it asks, what counts how much, which rule decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.refusal import Refused

YES_NO, CHOICE, FACTOR = "yes_no", "choice", "factor"
KINDS = (YES_NO, CHOICE, FACTOR)
"""How a question is answered: yes or no, one of its choices, or -1, 0, +1."""
FACTORS = ("-1", "0", "1")


class UnknownMethod(Refused):
    """The questionnaire is not weighed in such a way."""


@dataclass(frozen=True)
class Asked:
    """One question."""

    id: str
    zh: str
    en: str
    kind: str
    """Of KINDS."""
    choices: tuple[str, ...] = ()
    weight: int = 0
    """What a yes adds to the score, or a factor is multiplied with."""
    evidence: bool = False
    """Whether an answer must say what it rests on."""

    @property
    def allowed(self) -> tuple[str, ...]:
        """Every answer there is."""
        usual = {YES_NO: ("yes", "no"), FACTOR: FACTORS}
        return usual.get(self.kind, self.choices)

    def points(self, answer: str) -> int:
        """Return what an answer adds to the score."""
        if self.kind == FACTOR:
            return self.weight * int(answer)
        return self.weight if answer == "yes" else 0


@dataclass(frozen=True)
class Rule:
    """One line of a decision table; the first whose conditions are all met decides."""

    result: str
    why: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question to the answers that meet it."""
    at_least: int | None = None
    at_most: int | None = None
    """Bounds of the score, both included."""
    reaches_threshold: bool = False
    hold: bool = False
    """Whether a person must look, whatever the score."""

    @property
    def always(self) -> bool:
        """Whether it asks for nothing and so decides whatever is left."""
        bounds = (self.at_least, self.at_most)
        return not self.when and bounds == (None, None) and not self.reaches_threshold


@dataclass(frozen=True)
class Method:
    """One way to weigh the answers: which questions it needs, and its rules in turn."""

    questions: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Threshold:
    """The score from which on a person looks."""

    score: int
    cite: str


@dataclass(frozen=True)
class Result:
    """What may come out, and what is usual then: law, relation, documents, tax, settlement."""

    zh: str
    en: str
    defaults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Questionnaire:
    """One questionnaire in one version, as its file says it."""

    code: str
    since: date
    """First day on which this version is asked; it is the version's name."""
    zh: str
    en: str
    cite: str
    role: str
    """Who settles what is held."""
    questions: Mapping[str, Asked]
    methods: Mapping[str, Method]
    usual_method: str
    results: Mapping[str, Result]
    thresholds: Dated[Threshold] | None = None
    sure: bool = True
    """False where the source could not be read again."""
    sha256: str = ""
    """Of the file: what decides is known for ever."""

    @property
    def version(self) -> str:
        """The version as it is written down."""
        return self.since.isoformat()

    def method(self, code: str) -> Method:
        """Return one way to weigh the answers, or refuse and name those there are."""
        if code not in self.methods:
            known = ", ".join(self.methods)
            raise UnknownMethod(f"{self.code} has no method {code!r}; it has {known}")
        return self.methods[code]
