"""Asks every guardrail that is in force on the day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from vendorops.domain.dispatch import agency, posts, rules
from vendorops.domain.dispatch.facts import (
    DispatchFacts,
    Guard,
    GuardFinding,
    ServiceFacts,
    Verdict,
)
from vendorops.domain.dispatch.verdicts import Said, failed, passed, unknown

Check = tuple[Guard, Callable[[DispatchFacts], Said]]

CHECKS: Sequence[Check] = (*posts.CHECKS, *agency.CHECKS)


def dispatch_checks(facts: DispatchFacts) -> list[GuardFinding]:
    """Return what those of LD-1 to LD-16 say that are in force, in the order of their codes."""
    found = [
        GuardFinding(guard, *check(facts))
        for guard, check in sorted(CHECKS, key=lambda each: int(each[0].code[3:]))
        if guard.since <= facts.on_day
    ]
    if rules.LD_16.since <= facts.on_day:
        found.append(GuardFinding(rules.LD_16, *_penalties(facts, found)))
    return found


def service_checks(facts: ServiceFacts) -> list[GuardFinding]:
    """Return what HR-1 says of intermediation, or HR-2 of other HR services."""
    guard, check = (rules.HR_01, _licensed) if facts.intermediation else (rules.HR_02, _filed)
    return [GuardFinding(guard, *check(facts))] if guard.since <= facts.on_day else []


def _penalties(facts: DispatchFacts, found: Iterable[GuardFinding]) -> Said:
    """Say what a breach may cost: it is due after an order, or at once without a licence."""
    broken = [each.code for each in found if each.verdict is Verdict.FAIL]
    if not broken:
        return passed("no guardrail is known to be broken")
    if rules.LD_01.code in broken:
        return failed(
            "an agency without a licence: one to five times the illegal gains, or up to"
            f" {rules.FINE_UNLICENSED} yuan"
        )
    if facts.persons is None or facts.ordered_to_correct is None:
        return unknown("persons, ordered_to_correct")
    least, most = (each * facts.persons for each in rules.FINE_EACH)
    told = f"{', '.join(broken)}: {least} to {most} yuan for {facts.persons} persons"
    if facts.ordered_to_correct:
        return failed(f"{told}, since it was not put right after an order")
    return passed(f"{told}, if it is not put right once ordered")


def _licensed(facts: ServiceFacts) -> Said:
    if facts.licence is None or facts.shown is None:
        return unknown("licence, shown")
    if facts.on_day in facts.licence and facts.shown:
        return passed("the licence holds and is shown")
    return failed("have a licence for HR services that holds, and show it; else 10000-50000 yuan")


def _filed(facts: ServiceFacts) -> Said:
    if facts.started_on is None:
        return unknown("started_on")
    last = facts.started_on + timedelta(days=rules.FILING_DAYS)
    if facts.filed_on is None:
        if facts.on_day <= last:
            return passed(f"to be filed by {last}")
        return failed(f"to be filed by {last}; file it, else 5000-10000 yuan after an order")
    if facts.filed_on <= last:
        return passed(f"filed on {facts.filed_on}")
    return failed(f"filed on {facts.filed_on}, after {last}")
