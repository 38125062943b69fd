"""Scores one person for a demand, label by label: the explanation, and the rule itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from vendorops.domain.ranking.demand import FULL, Candidate, Demand, Formula, Wanted


@dataclass(frozen=True)
class Point:
    """What one label brought: `points` is `weight` times `share`."""

    kind: str
    code: str
    weight: int
    share: int
    """0 to 100."""

    @property
    def points(self) -> int:
        """What it adds to the score."""
        return self.weight * self.share


def explained(person: Candidate, demand: Demand, formula: Formula) -> list[Point]:
    """Return what each label asked for brings a person; the points add up to his score."""
    return [
        Point(kind, code, formula.weights[kind], share)
        for kind, code, share in _shares(person, demand, formula)
    ]


def unmet(person: Candidate, demand: Demand) -> list[str]:
    """Return what keeps a person out, however many points he has; empty if he may be ranked."""
    return [sentence for fails, sentence in _filters(person, demand) if fails]


def _shares(person: Candidate, demand: Demand, formula: Formula) -> Iterator[tuple[str, str, int]]:
    for wanted in demand.wanted:
        yield wanted.kind, wanted.code, _share(person, demand, formula, wanted)
    if demand.places:
        inside = any(("place", place) in person.labels for place in demand.places)
        yield "place", "", FULL * inside
    if demand.price_cap:
        yield "price", "", _saved(person, demand)
    yield "availability", "", _covered(person, demand)


def _share(person: Candidate, demand: Demand, formula: Formula, wanted: Wanted) -> int:
    if wanted.kind == "certificate":
        return max(
            (
                formula.share(held.rank * FULL // held.of, wanted.at_least * FULL // held.of)
                for held in person.certificates
                if held.code == wanted.code and held.holds(demand.starts)
            ),
            default=0,
        )
    return formula.share(person.labels.get(wanted.name, 0), wanted.at_least)


def _saved(person: Candidate, demand: Demand) -> int:
    """Return how far below the cap a price lies, as a share of the cap, rounded down."""
    if not _affordable(person, demand):
        return 0
    return (demand.price_cap - person.price) * FULL // demand.price_cap


def _covered(person: Candidate, demand: Demand) -> int:
    """Return on which share of the days asked for he is to be had, rounded down."""
    begins, ends = max(person.free_from, demand.starts), min(person.free_to, demand.ends)
    return max(ends - begins, 0) * FULL // (demand.ends - demand.starts)


def _affordable(person: Candidate, demand: Demand) -> bool:
    return person.currency == demand.currency and 0 <= person.price <= demand.price_cap


def _filters(person: Candidate, demand: Demand) -> Iterator[tuple[bool, str]]:
    if demand.places:
        inside = any(("place", place) in person.labels for place in demand.places)
        yield not inside, f"works in none of {', '.join(demand.places)}"
    free = person.free_from <= demand.starts < person.free_to
    yield not free, "is not to be had on the first day"
    if demand.price_cap:
        yield not _affordable(person, demand), "costs more than the cap, or says no price"
    for wanted in demand.wanted:
        if wanted.must:
            held = _holds(person, demand, wanted)
            yield not held, f"lacks {wanted.kind} {wanted.code} as asked on the first day"


def _holds(person: Candidate, demand: Demand, wanted: Wanted) -> bool:
    least = max(wanted.at_least, 1)
    if wanted.kind == "certificate":
        return any(
            held.code == wanted.code and held.rank >= least and held.holds(demand.starts)
            for held in person.certificates
        )
    return person.labels.get(wanted.name, 0) >= least
