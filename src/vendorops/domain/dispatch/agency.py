"""What the agency, its contracts with the worker and with us must be (LD-1 to LD-15)."""

from collections.abc import Callable
from itertools import pairwise

from vendorops.domain.dispatch import rules
from vendorops.domain.dispatch.facts import DispatchFacts, Guard
from vendorops.domain.dispatch.verdicts import Said, all_true, failed, passed, unknown
from vendorops.domain.periods import months_after


def licensed(facts: DispatchFacts) -> Said:
    """LD-1: the licence covers the day, and was not given for more than three years."""
    licence = facts.licence
    if licence is None:
        return unknown("licence")
    if facts.on_day not in licence:
        return failed(f"no licence holds on {facts.on_day}; have one verified first")
    if licence.end > months_after(licence.start, rules.LICENCE_MONTHS):
        return failed(f"a licence of {licence} is longer than three years; have it checked")
    return passed(f"licence of {licence}")


def capital(facts: DispatchFacts) -> Said:
    """LD-2: the registered capital is two million yuan at least."""
    told = facts.registered_capital
    if told is None:
        return unknown("registered_capital")
    said = f"{told} yuan; {rules.LEAST_CAPITAL} at least"
    return passed(said) if told >= rules.LEAST_CAPITAL else failed(said)


def contract(facts: DispatchFacts) -> Said:
    """LD-8: two years at least, fixed term, paid monthly, minimum wage when idle."""
    months = facts.contract_months
    return all_true(
        two_years=None if months is None else months >= rules.LEAST_CONTRACT_MONTHS,
        fixed_term=facts.fixed_term,
        paid_monthly=facts.paid_monthly,
        minimum_wage_when_idle=facts.minimum_wage_when_idle,
    )


def whole(facts: DispatchFacts) -> Said:
    """LD-9: a continuous need is not split into agreements that follow without a gap."""
    if facts.agreements is None:
        return unknown("agreements")
    for earlier, later in pairwise(sorted(facts.agreements)):
        if later.start <= earlier.end:
            return failed(f"{earlier} and {later} are one need; make one agreement of them")
    return passed("no agreement follows another without a gap")


def equal_pay(facts: DispatchFacts) -> Said:
    """LD-10: paid by the method of our own people on such posts."""
    return all_true(same_pay_method=facts.same_pay_method)


def no_fees(facts: DispatchFacts) -> Said:
    """LD-11: neither agency nor user takes a fee from the worker."""
    if facts.fees_from_worker is None:
        return unknown("fees_from_worker")
    if facts.fees_from_worker:
        return failed(f"give back to the worker: {', '.join(facts.fees_from_worker)}")
    return passed("none is taken")


def no_chain(facts: DispatchFacts) -> Said:
    """LD-12: we do not send on whom we were sent."""
    if facts.chain_length is None:
        return unknown("chain_length")
    if facts.chain_length == 1:
        return passed("one agency")
    return failed("dispatched onwards; end it")


def not_our_own(facts: DispatchFacts) -> Said:
    """LD-13: no owner of the agency is one of ours."""
    if facts.agency_owners is None or facts.user_owners is None:
        return unknown("agency_owners, user_owners")
    common = sorted(facts.agency_owners & facts.user_owners)
    return failed(f"of both: {', '.join(common)}") if common else passed("no owner is of both")


def full_time(facts: DispatchFacts) -> Said:
    """LD-14: nobody is dispatched part-time."""
    return all_true(full_time=None if facts.part_time is None else not facts.part_time)


def agreement(facts: DispatchFacts) -> Said:
    """LD-15: the agreement says all that it must."""
    states = facts.agreement_states
    if states is None:
        return unknown("agreement_states")
    missing = [each for each in rules.AGREEMENT_STATES if each not in states]
    return failed(f"it does not say: {', '.join(missing)}") if missing else passed("it says all")


CHECKS: tuple[tuple[Guard, Callable[[DispatchFacts], Said]], ...] = (
    (rules.LD_01, licensed),
    (rules.LD_02, capital),
    (rules.LD_08, contract),
    (rules.LD_09, whole),
    (rules.LD_10, equal_pay),
    (rules.LD_11, no_fees),
    (rules.LD_12, no_chain),
    (rules.LD_13, not_our_own),
    (rules.LD_14, full_time),
    (rules.LD_15, agreement),
)
