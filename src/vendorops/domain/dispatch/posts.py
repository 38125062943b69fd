"""Which posts dispatched workers may fill, and how many of them (LD-3 to LD-7)."""

from collections.abc import Callable

from vendorops.domain.dispatch import rules
from vendorops.domain.dispatch.cap import most_dispatched
from vendorops.domain.dispatch.facts import DispatchFacts, Guard
from vendorops.domain.dispatch.verdicts import Said, all_true, failed, passed, unknown
from vendorops.domain.periods import months_after


def kind_of_post(facts: DispatchFacts) -> Said:
    """LD-3: a post is temporary, auxiliary or substitute."""
    kind = facts.post.kind
    if kind is None:
        return unknown("post.kind")
    if kind in rules.KINDS:
        return passed(f"a {kind} post")
    return failed(f"{kind!r} is none of {', '.join(rules.KINDS)}; employ people on it yourselves")


def temporary(facts: DispatchFacts) -> Said:
    """LD-4: a temporary post exists for six months at most."""
    if facts.post.kind != "temporary":
        return _other_kind(facts)
    exists = facts.post.exists
    if exists is None:
        return unknown("post.exists")
    last = months_after(exists.start, rules.TEMPORARY_MONTHS)
    if exists.end <= last:
        return passed(f"it exists from {exists.start} until before {exists.end}")
    return failed(f"a post that exists since {exists.start} ends by {last}, not {exists.end}")


def auxiliary(facts: DispatchFacts) -> Said:
    """LD-5: an auxiliary post is not of the main business, and was agreed with the employees."""
    post = facts.post
    if post.kind != "auxiliary":
        return _other_kind(facts)
    return all_true(
        not_main_business=None if post.main_business is None else not post.main_business,
        congress_discussed=post.congress_discussed,
        negotiated=post.negotiated,
        published=post.published,
    )


def substitute(facts: DispatchFacts) -> Said:
    """LD-6: a substitute stands in for somebody, for a reason, until a day."""
    post = facts.post
    if post.kind != "substitute":
        return _other_kind(facts)
    told = {
        "absent_employee": post.absent_employee,
        "absent_because": post.absent_because,
        "absent_until": post.absent_until,
    }
    empty = [name for name, value in told.items() if not value]
    if any(told[name] == "" for name in empty):
        return failed(f"say {', '.join(empty)}")
    return unknown(", ".join(empty)) if empty else passed(f"until {post.absent_until}")


def cap(facts: DispatchFacts) -> Said:
    """LD-7: of all who work for us, a tenth at most is dispatched."""
    if facts.employees is None or facts.dispatched is None:
        return unknown("employees, dispatched")
    most = most_dispatched(facts.employees, facts.on_day)
    told = f"{facts.dispatched} dispatched beside {facts.employees} own employees; {most} at most"
    return passed(told) if facts.dispatched <= most else failed(told)


def _other_kind(facts: DispatchFacts) -> Said:
    kind = facts.post.kind
    return unknown("post.kind") if kind is None else passed(f"does not concern a {kind} post")


CHECKS: tuple[tuple[Guard, Callable[[DispatchFacts], Said]], ...] = (
    (rules.LD_03, kind_of_post),
    (rules.LD_04, temporary),
    (rules.LD_05, auxiliary),
    (rules.LD_06, substitute),
    (rules.LD_07, cap),
)
