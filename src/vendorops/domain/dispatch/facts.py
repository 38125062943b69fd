"""What is known of a dispatch, and what a guardrail says about it. None is: nobody told."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vendorops.domain.periods import Period


class Verdict(StrEnum):
    """What a check came to."""

    PASS = "pass"  # noqa: S105 - no password.
    FAIL = "fail"
    UNKNOWN = "unknown"
    """A fact that it asks for was not told."""


@dataclass(frozen=True)
class Guard:
    """One guardrail: its code, since when it is asked, and what asks for it."""

    code: str
    title: str
    cite: str
    since: date
    sure: bool = True

    @property
    def source(self) -> str:
        """The citation as people read it; marked where nobody could read it again."""
        return self.cite if self.sure else f"{self.cite}; unconfirmed"


@dataclass(frozen=True)
class GuardFinding:
    """What one guardrail says about some facts."""

    guard: Guard
    verdict: Verdict
    message: str

    @property
    def code(self) -> str:
        """The code of the rule, such as LD-7."""
        return self.guard.code


@dataclass(frozen=True)
class Post:
    """The post that dispatched workers fill."""

    kind: str | None = None
    """temporary, auxiliary or substitute."""
    exists: Period | None = None
    """Of a temporary post: from its first day to the first day without it."""
    main_business: bool | None = None
    congress_discussed: bool | None = None
    negotiated: bool | None = None
    published: bool | None = None
    absent_employee: str | None = None
    absent_because: str | None = None
    absent_until: date | None = None


@dataclass(frozen=True)
class DispatchFacts:
    """One dispatch of workers to us, as far as it is known."""

    on_day: date
    post: Post = field(default_factory=Post)
    licence: Period | None = None
    """Days of the agency's licence; None: not told. An empty period: there is none."""
    registered_capital: int | None = None
    """Of the agency, in whole yuan."""
    employees: int | None = None
    """Our own contract employees."""
    dispatched: int | None = None
    """Dispatched workers, this one among them."""
    contract_months: int | None = None
    """Of the labour contract between agency and worker."""
    fixed_term: bool | None = None
    paid_monthly: bool | None = None
    minimum_wage_when_idle: bool | None = None
    agreements: tuple[Period, ...] | None = None
    """Those of the same worker and post."""
    same_pay_method: bool | None = None
    fees_from_worker: tuple[str, ...] | None = None
    chain_length: int | None = None
    agency_owners: frozenset[str] | None = None
    user_owners: frozenset[str] | None = None
    part_time: bool | None = None
    agreement_states: frozenset[str] | None = None
    persons: int | None = None
    ordered_to_correct: bool | None = None
    """Whether the authority has ordered a breach to be put right and the day is over."""


@dataclass(frozen=True)
class ServiceFacts:
    """HR services that are no dispatch."""

    on_day: date
    intermediation: bool
    """Recruiting, headhunting; else outsourcing, consulting, testing, training."""
    licence: Period | None = None
    shown: bool | None = None
    """Whether the licence is shown where the service is given."""
    started_on: date | None = None
    filed_on: date | None = None
