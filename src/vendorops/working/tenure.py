"""Clocks of how long people have been leased to us, and the refusal of more than a law allows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.domain.tenure import Tenure, passed_on, tenure
from vendorops.law.tenure import places, rule_of
from vendorops.tables import Contract, LegalEntity, Worker, WorkOrder
from vendorops.working.leasing import leasings

Key = tuple[int, str, tuple[str, str]]
"""User company, place and person."""


class TenureReached(Refused):
    """The worker would be leased to us for longer than the law of the place allows."""


@dataclass(frozen=True)
class Clock:
    """Where the clock of one person at one legal entity of ours stands."""

    worker: Worker
    """As the newest of the person's suppliers names him."""
    user: LegalEntity
    place: str
    tenure: Tenure
    over: bool
    """Whether what is ordered already goes past the limit."""


def clocks(books: Books) -> list[Clock]:
    """Return every clock that runs today or may run on, the one that runs out first before."""
    found = [*_clocks(books)]
    return sorted(found, key=lambda clock: (clock.tenure.limit_on, clock.worker.id))


def refuse_tenure(
    books: Books, worker: Worker, wanted: Period, contract: Contract, besides: int = 0
) -> None:
    """Refuse a stretch that takes a person past the limit, whoever leased him to us before.

    `besides` is the order that is extended, whose stored days do not count. Raises TenureReached.
    """
    rule = rule_of(contract.place, wanted.start)
    if rule is None:
        return
    before = [
        each.spell
        for each in leasings(
            books,
            [contract.place],
            col(Contract.legal_entity_id) == contract.legal_entity_id,
            col(Worker.identifier_scheme) == worker.identifier_scheme,
            col(Worker.identifier_index) == worker.identifier_index,
            col(WorkOrder.id) != besides,
        )
    ]
    limit = passed_on(before, wanted, rule)
    if limit:
        raise TenureReached(
            f"E_TENURE_LIMIT: {worker.reference} reaches {rule.limit_months} months with us on"
            f" {limit}, before {wanted.end} ({rule.cite}); end by {limit}, or begin after a break"
            f" of more than {rule.break_months} months"
        )


def overdue(books: Books) -> list[str]:
    """Return the workers whom orders lease to us for longer than allowed, by reference."""
    found = set()
    for (_, place, _), served in _served(books).items():
        spells = [spell for spell, _ in served]
        for spell, worker in served:
            rule = rule_of(place, spell.start)
            if rule and passed_on(spells, spell, rule):
                found.add(books.get(Worker, worker).reference)
    return sorted(found)


def _served(books: Books) -> Mapping[Key, list[tuple[Period, int]]]:
    """Return for how long, and as which worker, each person was leased to each of us."""
    found: defaultdict[Key, list[tuple[Period, int]]] = defaultdict(list)
    for each in leasings(books, places()):
        if each.worker_id:
            found[each.user, each.place, each.person].append((each.spell, each.worker_id))
    return found


def _clocks(books: Books) -> Iterator[Clock]:
    leased = col(Worker.id).in_(select(WorkOrder.worker_id))
    known = {row.id: row for row in books.session.exec(select(Worker).where(leased))}
    for (user, place, _), served in _served(books).items():
        spells = [spell for spell, _ in served]
        rule = rule_of(place, books.as_of)
        stands = rule and tenure(spells, books.as_of, rule)
        if rule and stands:
            worker = known[max(served)[1]]
            over = any(passed_on(spells, spell, rule) for spell in spells)
            yield Clock(worker, books.get(LegalEntity, user), place, stands, over=over)
