"""What a contract agrees about how its payee earns: method, plan, rates, shares, limits."""

from dataclasses import dataclass
from itertools import pairwise

from vendorops.domain.adjustments import ONE_E6, Step
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import LIMIT_MINOR, Money
from vendorops.domain.refusal import Refused, requirement

KIND = "pay_plan"
MANNERS = ("marginal", "whole")
LATEST_DAYS = 60


class BadPayTerms(Refused):
    """Terms of pay that cannot be agreed."""


require = requirement(BadPayTerms)


@dataclass(frozen=True)
class UnitRate:
    """The price of one of what is counted."""

    code: str
    price_e6: int


@dataclass(frozen=True)
class Incentive:
    """A sum that is earned once the basis of a period reaches a target."""

    from_minor: int
    minor: int


@dataclass(frozen=True)
class Part:
    """Somebody's share of what was earned; the shares of all make the whole."""

    to: str
    """The contract it is entered under; empty for the contract of these terms."""
    share_e6: int


@dataclass(frozen=True)
class PayTerms:
    """What was agreed from a day on; which of it is needed follows from method and plan."""

    method: str
    """A settlement method: what is measured."""
    plan: str
    """A pay plan: over what it is measured, and how that becomes pay."""
    currency: str
    term: str = "earnings"
    """The term of the program that the work is reported under."""
    rates: tuple[UnitRate, ...] = ()
    share_e6: int | None = None
    steps: tuple[Step, ...] = ()
    """Shares of a commission, rising by the amount of the basis."""
    manner: str = "marginal"
    """`marginal`: each step for what lies within it; `whole`: the step reached, for all."""
    base_minor: int = 0
    """Base pay of a month."""
    full_days_e4: int = 0
    """Days that earn the whole base; 0: it follows the calendar days the terms hold."""
    incentives: tuple[Incentive, ...] = ()
    parts: tuple[Part, ...] = (Part("", ONE_E6),)
    cap_minor: int = 0
    """The most that one period earns; 0 for none."""
    recover_share_e6: int = ONE_E6
    """The most of what a period earned that goes against advances."""
    carry_losses: bool = True
    report_days: int = 0
    """Days after the end of a period in which its facts may still come."""
    kind: str = KIND

    def __post_init__(self) -> None:
        self._check_shares()
        amounts = (self.base_minor, self.cap_minor, self.full_days_e4)
        require(all(0 <= each < LIMIT_MINOR for each in amounts), "an amount is not below zero")
        require(self.manner in MANNERS, f"manner is {' or '.join(MANNERS)}")
        require(0 <= self.report_days <= LATEST_DAYS, f"report_days is from 0 to {LATEST_DAYS}")
        codes = [rate.code for rate in self.rates]
        require(len(set(codes)) == len(codes), "a code has one rate; leave the other out")
        targets = [each.from_minor for each in self.incentives]
        for found in (targets, [step.from_value for step in self.steps]):
            rises = all(one < other for one, other in pairwise(found))
            require(rises and all(each >= 0 for each in found), "steps rise, from zero or more")
        require(all(each.minor > 0 for each in self.incentives), "an incentive is above zero")

    def shown(self) -> dict[str, object]:
        """Return the terms as people read them; what is not agreed is left out."""

        def money(minor: int) -> str:
            return Money(minor, self.currency).text if minor else ""

        def share(e6: int | None) -> str:
            return "" if e6 is None else price_text(e6)

        told: dict[str, object] = {
            "method": self.method,
            "plan": self.plan,
            "term": self.term,
            "rates": [f"{each.code} {price_text(each.price_e6)}" for each in self.rates],
            "share": share(self.share_e6),
            "steps": [
                f"{share(each.share_e6)} from {money(each.from_value) or '0'}"
                for each in self.steps
            ],
            "manner": self.manner if self.steps else "",
            "base": money(self.base_minor),
            "full_days": quantity_text(self.full_days_e4) if self.full_days_e4 else "",
            "incentives": [
                f"{money(each.minor)} from {money(each.from_minor) or '0'}"
                for each in self.incentives
            ],
            "parts": [f"{each.to or 'self'} {share(each.share_e6)}" for each in self.parts],
            "cap": money(self.cap_minor),
            "recover_share": share(self.recover_share_e6),
            "losses": "carried" if self.carry_losses else "borne by us",
            "report_days": str(self.report_days) if self.report_days else "",
        }
        return {name: value for name, value in told.items() if value}

    def _check_shares(self) -> None:
        shares = [step.share_e6 for step in self.steps] + [part.share_e6 for part in self.parts]
        shares += [self.recover_share_e6, *([] if self.share_e6 is None else [self.share_e6])]
        require(
            all(0 <= share <= ONE_E6 for share in shares), "a share lies between 0 and 1, as 0.60"
        )
        names = [part.to for part in self.parts]
        require(len(set(names)) == len(names), "parts: each contract has one part")
        require("" in names, "parts: one of them is `self`, the contract's own")
        require(
            sum(part.share_e6 for part in self.parts) == ONE_E6,
            "parts: the shares make exactly 1; correct them",
        )
