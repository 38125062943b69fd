"""The open work of a contract, indexed, so that few pieces are compared with a line."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vendorops.claiming.references.scoring import ALIKE_FROM, Known, Said
from vendorops.naming.numbers import number_skeleton

MOST_ALIKE = 12
"""References that are compared because they are alike, the most alike first."""
MOST_FITTING = 200
"""Pieces of work that are compared because of quantity or price alone."""


class OpenWork:
    """Pieces of work, found by reference, number, order, quantity and price."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._looks = [number_skeleton(work.reference).looks for work in known]
        self._found: defaultdict[tuple[str, Hashable], list[Known]] = defaultdict(list)
        for work in known:
            for key in _keys(work):
                self._found[key].append(work)

    def worth_a_look(self, line: Said) -> Iterator[Known]:
        """Yield the work that a line may mean, each once, in the order of the books."""
        wanted = _by_reference(line.reference) if line.reference else _by_facts(line)
        found = [work for key in wanted for work in self._found.get(key, ())[:MOST_FITTING]]
        if line.reference:
            found += self._alike(line.reference)
        yield from sorted(set(found))

    def _alike(self, reference: str) -> Iterator[Known]:
        ours = number_skeleton(reference).looks
        for _, _, at in process.extract(
            ours,
            self._looks,
            scorer=OSA.normalized_similarity,
            limit=MOST_ALIKE,
            score_cutoff=ALIKE_FROM,
        ):
            yield self._known[at]


Key = tuple[str, Hashable]


def _keys(work: Known) -> Iterator[Key]:
    yield from _by_reference(work.reference)
    if work.order:
        yield "order", number_skeleton(work.order).stripped
    yield "facts", (work.open_e4, work.price_e6)


def _by_reference(reference: str) -> Iterator[Key]:
    skeleton = number_skeleton(reference)
    yield "looks", skeleton.looks
    yield "stripped", skeleton.stripped
    yield "serial", skeleton.serial
    yield "order", skeleton.stripped


def _by_facts(line: Said) -> Iterator[Key]:
    yield "facts", (line.quantity_e4, line.price_e6)
