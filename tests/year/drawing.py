"""Draws a year from a seed: the same seed is the same year."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.year.facts import (
    YEAR,
    Agency,
    Corrected,
    Facts,
    Freelancer,
    Hired,
    Milestone,
    Outsourcer,
    Recruiter,
    Stint,
    Task,
    month_label,
)

FIRST, LAST = date(YEAR, 1, 1), date(YEAR + 1, 1, 1)
TIERS = ((2, "0.19"), (3, "0.175"))
VOLUME_TIERS = ((20_000, "0.9"), (40_000, "0.75"))


@dataclass(frozen=True)
class Size:
    """How much is drawn."""

    agencies: int
    people_each: int
    recruiters: int
    outsourcers: int
    freelancers: int
    months: int = 12

    @property
    def ends(self) -> date:
        """The first day after what is drawn."""
        return LAST if self.months == 12 else date(YEAR, self.months + 1, 1)


def draw(seed: int, size: Size) -> Facts:
    """Return a year."""
    chance = Random(seed)
    numbers = iter(range(1, 10**6))
    return Facts(
        agencies=tuple(_agency(chance, next(numbers), size) for _ in range(size.agencies)),
        recruiters=tuple(_recruiter(chance, next(numbers), size) for _ in range(size.recruiters)),
        outsourcers=tuple(
            _outsourcer(chance, next(numbers), size) for _ in range(size.outsourcers)
        ),
        freelancers=tuple(
            _freelancer(chance, next(numbers), size) for _ in range(size.freelancers)
        ),
    )


def months(size: Size) -> list[str]:
    return [f"{YEAR}-{month:02d}" for month in range(1, size.months + 1)]


def _cents(chance: Random, low: int, high: int) -> str:
    return f"{chance.randint(low * 100, high * 100) / 100:.2f}"


def _some_day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange(max(1, (last - first).days)))


# Staffing


def _agency(chance: Random, number: int, size: Size) -> Agency:
    people = iter(range(number * 1000, number * 1000 + 999))
    stints: list[Stint] = []
    for _ in range(size.people_each):
        stint = _stint(chance, next(people), FIRST, size)
        stints.append(stint)
        if stint.leaves_on and chance.random() < 0.7 and stint.leaves_on < size.ends:
            back = min(size.ends - timedelta(days=1), stint.leaves_on + timedelta(days=3))
            stints.append(_stint(chance, next(people), back, size, stays=True))
    labels = months(size)[1:-1]
    late = frozenset(label for label in labels if chance.random() < 0.08)
    plain = [label for label in labels if label not in late]
    cut, over, corrected = {}, {}, {}
    for label in plain:
        there = [s for s in stints if _plain(s, label)]
        if len(there) < 3 or chance.random() > 0.6:
            continue
        one, two, three = chance.sample(there, 3)
        if chance.random() < 0.3:
            cut[label] = (one.person, chance.randint(25, 375))
        if chance.random() < 0.3:
            over[label] = (two.person, chance.randint(1, 900))
        if chance.random() < 0.5:
            corrected[label] = _corrected(chance, three, label)
    return Agency(number, tuple(stints), late, cut, over, corrected)


def _plain(stint: Stint, label: str) -> bool:
    days = [day for day, _, _ in stint.hours if month_label(day) == label]
    rated = any(month_label(day) == label for day, _ in stint.prices[1:])
    return len(days) > 3 and not rated


def _stint(chance: Random, person: int, start: date, size: Size, *, stays: bool = False) -> Stint:
    begins = start
    if not stays and chance.random() < 0.1:
        begins = _some_day(chance, start, size.ends - timedelta(days=20))
    prices = [(begins, _cents(chance, 24, 70))]
    if chance.random() < 0.3:
        day = _some_day(chance, begins + timedelta(days=1), size.ends)
        prices.append((day, _cents(chance, 71, 90)))
    leaves = None
    if not stays and chance.random() < 0.12 and begins + timedelta(days=40) < size.ends:
        leaves = _some_day(chance, begins + timedelta(days=30), size.ends)
        prices = [price for price in prices if price[0] < leaves]
    own = _cents(chance, 60, 99) if chance.random() < 0.3 else ""
    hours = tuple(_hours(chance, begins, leaves or size.ends))
    return Stint(person, begins, LAST, tuple(prices), own, leaves, hours)


def _hours(chance: Random, begins: date, ends: date):
    day = begins
    usual = chance.choice((750, 775, 800))
    while day < ends:
        if day.weekday() < 5 and chance.random() < 0.94:
            normal = usual if chance.random() < 0.8 else chance.randint(100, 800)
            yield day, normal, chance.choice((25, 50, 133, 200)) if chance.random() < 0.08 else 0
        day += timedelta(days=1)


def _corrected(chance: Random, stint: Stint, label: str) -> Corrected:
    day, normal, _ = chance.choice([h for h in stint.hours if month_label(h[0]) == label])
    found = normal
    while found == normal:
        found = chance.randint(50, 1000)
    return Corrected(stint.person, day, found)


# Recruiting


def _recruiter(chance: Random, number: int, size: Size) -> Recruiter:
    people = iter(range(number * 1000, number * 1000 + 999))
    hired = []
    for label in months(size):
        first = date.fromisoformat(f"{label}-01")
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
            day = first + timedelta(days=chance.randrange(28))
            hired.append(_hired(chance, next(people), day, size))
    retainer = _cents(chance, 900, 4000) if chance.random() < 0.7 else ""
    return Recruiter(number, "0.2", TIERS, retainer, tuple(hired))


def _hired(chance: Random, person: int, day: date, size: Size) -> Hired:
    salary = chance.randint(30_000, 180_000)
    gone = day + timedelta(days=chance.randint(36, 89))
    if chance.random() > 0.4 or gone >= size.ends:
        return Hired(person, salary, day)
    reason = chance.choice(("resigned", "resigned", "dismissed_for_cause", "layoff"))
    if reason == "layoff" or chance.random() < 0.5:
        return Hired(person, salary, day, gone, reason)
    back = gone + timedelta(days=chance.randint(5, 30))
    replaced = back if chance.random() < 0.6 and back < size.ends else None
    return Hired(person, salary, day, gone, reason, "replacement", replaced)


# Outsourcing


def _outsourcer(chance: Random, number: int, size: Size) -> Outsourcer:
    ordered = chance.random() < 0.5
    price = f"{chance.randint(400, 2000) / 1000:.3f}"
    prices = [(FIRST, price)]
    if chance.random() < 0.6:
        day = _some_day(chance, date(YEAR, 2, 2), size.ends)
        another = f"{chance.randint(400, 2000) / 1000:.3f}"
        if another != price:  # By chance it may be the same, which is no change.
            prices.append((day, another))
    volumes, measured, cut, milestones = [], {}, {}, []
    for label in months(size):
        first = date.fromisoformat(f"{label}-01")
        volumes += [
            (first + timedelta(days=days), chance.randint(2_000, 20_000)) for days in (8, 17, 26)
        ]
        early = label == months(size)[0]
        least = 9_850 if early else 9_600
        one, other = chance.randint(least, 10_000), chance.randint(least, 10_000)
        measured[label] = ((one, 10_000), (other, 10_000))
        if chance.random() < 0.2:
            cut[label] = chance.randint(1, 1_500)
        if ordered and chance.random() < 0.4 and not early:
            due = first + timedelta(days=chance.randrange(20))
            late = chance.choice((0, 0, 1, 3, 6))
            done = due + timedelta(days=late)
            milestones.append(Milestone(due, done, _cents(chance, 2_000, 30_000)))
    tiers = () if ordered else VOLUME_TIERS
    return Outsourcer(
        number,
        ordered,
        tuple(prices),
        tiers,
        tuple(volumes),
        tuple(milestones),
        measured,
        cut,
    )


# Freelance


def _freelancer(chance: Random, number: int, size: Size) -> Freelancer:
    tasks = []
    for label in months(size):
        if chance.random() < 0.5:
            pieces = chance.randint(10, 400)
            first = chance.choice((pieces, pieces, chance.randint(1, pieces)))
            again = chance.choice((-1, chance.randint(min(1, pieces - first), pieces - first)))
            price = f"{chance.randint(1000, 9000) / 1000:.3f}"
            tasks.append(Task(label, price, pieces, first, again if first < pieces else -1))
    return Freelancer(number, tuple(tasks))
