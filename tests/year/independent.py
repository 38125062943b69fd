"""What suppliers are owed, worked out from the facts alone: fractions, and nothing of ours."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.year.facts import (
    OVERTIME,
    REGULAR,
    Agency,
    Facts,
    Freelancer,
    Outsourcer,
    Recruiter,
    Stint,
    month_label,
)

TAX = Fraction(6, 100)
STEPS = ((30, Fraction(1)), (60, Fraction(1, 2)), (90, Fraction(1, 4)))
"""What of a fee is given back until which day."""
REPLACED_WITHIN = 30
LEVELS = ((Fraction(97, 100), Fraction(5, 100)), (Fraction(98, 100), Fraction(4, 100)))
"""What is to be reached, and what of the month's fees missing it costs."""
MOST_CREDITED = Fraction(8, 100)
LATE_A_DAY, LATE_MOST = Fraction(5, 1000), Fraction(2, 100)


@dataclass
class Due:
    """What is claimed, rightly, and credited in one month; cents."""

    bills: list[list[int]] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Paid:
    """What a month's settlement comes to; cents."""

    net: int
    tax: int
    withheld: int = 0


def cents(amount: Fraction) -> int:
    """Half up, of amounts that are not below zero."""
    return int(amount * 100 + Fraction(1, 2))


def after(label: str) -> str:
    """Return the month after a month.

    >>> after("2026-12")
    '2027-01'
    """
    first = date.fromisoformat(f"{label}-01")
    return month_label(first + timedelta(days=31))


def settled(due: dict[str, Due]) -> dict[str, Paid]:
    """Return each month's settlement; a credit that finds no room is carried on."""
    found: dict[str, Paid] = {}
    open_credits: list[list[int]] = []
    taxed = False
    for label in sorted(due):
        bills = [bill for bill in due[label].bills if bill]
        for net in due[label].credits:
            tax = cents(Fraction(net, 100) * TAX) if taxed else 0
            open_credits.append([net, tax, net, tax])
        if not bills:
            continue
        taxed = True
        net = sum(sum(bill) for bill in bills)
        tax = sum(cents(Fraction(sum(bill), 100) * TAX) for bill in bills)
        for credit in open_credits:
            part = min(credit[2], net)
            if part <= 0:
                continue
            share = int(Fraction(credit[1] * part, credit[0]) + Fraction(1, 2))
            share = credit[3] if part == credit[2] else min(share, credit[3], tax)
            if share > tax:  # The last part waits until all of its tax finds room.
                continue
            credit[2] -= part
            credit[3] -= share
            net, tax = net - part, tax - share
        open_credits = [credit for credit in open_credits if credit[2]]
        found[label] = Paid(net, tax)
    return found


def of_agency(agency: Agency) -> dict[str, Due]:
    """Return what an agency is due, by the month in whose settlement it is."""
    due: dict[str, Due] = defaultdict(Due)
    labels = sorted({month_label(h[0]) for stint in agency.stints for h in stint.hours})
    for label in labels:
        worked = _worked(agency, label)
        if label in agency.cut:
            person, less = agency.cut[label]
            worked[_last_piece(worked, person)] -= Fraction(less, 100)
        bill = [cents(hours * price) for (_, _, price), hours in worked.items() if hours > 0]
        due[after(label) if label in agency.late else label].bills.append(bill)
        if label in agency.corrected:
            _correct(agency, label, worked, due[after(label)])
    return due


def _worked(agency: Agency, label: str) -> dict[tuple[int, str, Fraction], Fraction]:
    worked: dict[tuple[int, str, Fraction], Fraction] = defaultdict(Fraction)
    for stint in agency.stints:
        for day, normal, overtime in stint.hours:
            if month_label(day) != label:
                continue
            worked[stint.person, REGULAR, price_on(stint, day)] += Fraction(normal, 100)
            if overtime:
                price = overtime_on(stint, day)
                worked[stint.person, OVERTIME, price] += Fraction(overtime, 100)
    return worked


def _last_piece(
    worked: dict[tuple[int, str, Fraction], Fraction], person: int
) -> tuple[int, str, Fraction]:
    """The hours at the newest price of a month: they were counted last."""
    return [key for key in worked if key[0] == person and key[1] == REGULAR][-1]


def price_on(stint: Stint, day: date) -> Fraction:
    return Fraction([price for begins, price in stint.prices if begins <= day][-1])


def overtime_on(stint: Stint, day: date) -> Fraction:
    return Fraction(stint.overtime) if stint.overtime else price_on(stint, day) * Fraction(3, 2)


def _correct(agency: Agency, label: str, worked, due: Due) -> None:
    wrong = agency.corrected[label]
    stint = next(each for each in agency.stints if each.person == wrong.person)
    price = price_on(stint, wrong.day)
    more = Fraction(wrong.hundredths - {h[0]: h[1] for h in stint.hours}[wrong.day], 100)
    if more > 0:
        due.bills.append([cents(more * price)])
        return
    hours = worked[stint.person, REGULAR, price]
    due.credits.append(cents(hours * price) - cents((hours + more) * price))


def of_recruiter(recruiter: Recruiter) -> dict[str, Due]:
    """Return what a recruiter is due: fees and retainers, less what is given back."""
    due: dict[str, Due] = defaultdict(Due)
    for label in (f"2026-{month:02d}" for month in range(1, 13)):
        started = [h for h in recruiter.hired if month_label(h.started_on) == label]
        share = Fraction(recruiter.share)
        for least, other in recruiter.tiers:
            if len(started) >= least:
                share = Fraction(other)
        fees = {h.person: cents(h.salary * share) for h in started}
        retainer = cents(Fraction(recruiter.retainer or 0))
        due[label].bills.append([*fees.values(), *([retainer] if retainer else [])])
        for hired in started:
            back = _given_back(hired, fees[hired.person])
            if back:
                due[back[0]].credits.append(back[1])
    return due


def _given_back(hired, fee: int) -> tuple[str, int] | None:
    """Return in which month's settlement how much of a fee is given back."""
    if hired.left_on is None or hired.reason == "layoff" or hired.replaced_on:
        return None
    day = (hired.left_on - hired.started_on).days
    share = next(share for until, share in STEPS if day <= until)
    since = hired.left_on + timedelta(days=REPLACED_WITHIN + 1)
    when = closed_in(since) if hired.claims == "replacement" else month_label(hired.left_on)
    return when, cents(Fraction(fee, 100) * share)


def closed_in(day: date) -> str:
    """Return the month whose closing, on the first of the next, is the first one from a day on.

    >>> closed_in(date(2026, 3, 1)), closed_in(date(2026, 3, 2))
    ('2026-02', '2026-03')
    """
    return month_label(day - timedelta(days=1))


def of_outsourcer(outsourcer: Outsourcer) -> dict[str, Due]:
    """Return what an outsourcer is due, less fines for late work and missed levels."""
    due: dict[str, Due] = defaultdict(Due)
    for label, measured in outsourcer.measured.items():
        counted = [volume for volume in outsourcer.volumes if month_label(volume[0]) == label]
        share = Fraction(1)
        for least, other in outsourcer.tiers:
            if sum(units for _, units in counted) >= least:
                share = Fraction(other)
        bill = []
        for at, (day, units) in enumerate(counted):
            accepted = units - (outsourcer.cut.get(label, 0) if at == 0 else 0)
            price = Fraction([p for begins, p in outsourcer.prices if begins <= day][-1])
            bill.append(cents(accepted * price * share))
        fines = []
        for milestone in outsourcer.milestones:
            if month_label(milestone.delivered_on) == label:
                price = Fraction(milestone.price)
                bill.append(cents(price))
                days = max(0, (milestone.delivered_on - milestone.due_on).days)
                fines.append(cents(price * min(days * LATE_A_DAY, LATE_MOST)))
        due[label].bills.append(bill)
        missed = [
            cost
            for (good, every), (least, cost) in zip(measured, LEVELS, strict=True)
            if Fraction(good, every) < least
        ]
        credit = cents(Fraction(sum(bill), 100) * min(sum(missed, Fraction(0)), MOST_CREDITED))
        due[label].credits += [fine for fine in (*fines, credit) if fine]
    return due


def of_freelancer(freelancer: Freelancer) -> dict[str, Due]:
    """Return what a freelancer is due for each month's tasks, delivered once and again."""
    due: dict[str, Due] = defaultdict(Due)
    for task in freelancer.tasks:
        for pieces in (task.first, task.again):
            if pieces > 0:
                due[task.month].bills.append([cents(pieces * Fraction(task.price))])
    return due


def withheld(label: str, net: int) -> int:
    """Return what is kept back from a person's fees of a month, paid in the month after.

    Fee Withholding Act of Exampleland, s. 4: a tenth, from July 2026 eleven hundredths; nothing
    up to 50 euros.
    """
    rate = Fraction(11 if after(label) >= "2026-07" else 10, 100)
    return cents(Fraction(net, 100) * rate) if net > 5000 else 0


def expected(facts: Facts) -> dict[int, dict[str, Paid]]:
    """Return what every supplier's settlements come to, by its number and the month."""
    found = {one.number: settled(of_agency(one)) for one in facts.agencies}
    found |= {one.number: settled(of_recruiter(one)) for one in facts.recruiters}
    found |= {one.number: settled(of_outsourcer(one)) for one in facts.outsourcers}
    for each in facts.freelancers:
        paid = settled(of_freelancer(each))
        found[each.number] = {
            label: Paid(one.net, one.tax, withheld(label, one.net)) for label, one in paid.items()
        }
    return found
