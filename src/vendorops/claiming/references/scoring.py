"""Scores how likely a claim line means a piece of work, and says why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from vendorops.naming.numbers import number_skeleton

SUGGESTED_FROM = 60
"""Of 100; below it is noise."""
ALIKE_FROM = 0.75
"""Likeness of two references, of one, from which on it counts."""
TEXT_FROM = 85
"""Likeness of two descriptions, of 100, from which on it counts."""
PRINTS_ALIKE, NUMBER_ALONE, ORDER_NAMED, MOST_LIKE = 70, 60, 45, 55
QUANTITY, PRICE, WORDS = 12, 10, 8
NAMELESS = 2
"""How much more the facts count of a line that gives no reference."""


class Said(NamedTuple):
    """What a claim line says."""

    reference: str
    description: str
    quantity_e4: int
    price_e6: int


class Known(NamedTuple):
    """A piece of work that it may mean."""

    id: int
    reference: str
    order: str
    """Reference of the order that it was called off by; empty for none."""
    description: str
    open_e4: int
    """Delivered and not claimed yet."""
    price_e6: int


@dataclass(frozen=True)
class Likely:
    """How likely a line means a piece of work, of 100, and why."""

    work: Known
    score: int
    because: tuple[str, ...]


def likely(line: Said, work: Known) -> Likely | None:
    """Return how likely a line means a piece of work; None where it is not worth a look."""
    named = _reference(line.reference, work) if line.reference else (0, "")
    if line.reference and not named[0]:
        return None
    weight = 1 if line.reference else NAMELESS
    facts = [*_facts(line, work)]
    score = named[0] + weight * sum(points for points, _ in facts)
    if score < SUGGESTED_FROM:
        return None
    told = (named[1], *(sentence for _, sentence in facts))
    return Likely(work, min(score, 99), tuple(filter(None, told)))


def _reference(written: str, work: Known) -> tuple[int, str]:
    ours, theirs = number_skeleton(written), number_skeleton(work.reference)
    if ours.looks == theirs.looks or ours.stripped == theirs.stripped:
        return PRINTS_ALIKE, "the references differ in signs that print alike or in zeros"
    prefixed = ours.bare not in (theirs.bare, ours.serial)  # By letters that are not ours.
    if ours.serial == theirs.serial and ours.year in (0, theirs.year) and not prefixed:
        return NUMBER_ALONE, "the number is the same, prefix or year are missing or others"
    if work.order and _same(written, work.order):
        return ORDER_NAMED, f"it names the order {work.order} of this work"
    alike = OSA.normalized_similarity(ours.looks, theirs.looks, score_cutoff=ALIKE_FROM)
    if alike:
        slips = OSA.distance(ours.looks, theirs.looks)
        return round(MOST_LIKE * alike), f"the references differ in {slips} signs"
    return 0, ""


def _same(written: str, order: str) -> bool:
    ours, theirs = number_skeleton(written), number_skeleton(order)
    return ours.looks == theirs.looks or ours.stripped == theirs.stripped


def _facts(line: Said, work: Known) -> Iterator[tuple[int, str]]:
    if line.quantity_e4 == work.open_e4:
        yield QUANTITY, "all of the quantity that is open is claimed"
    if line.price_e6 == work.price_e6:
        yield PRICE, "the price is the agreed one"
    if line.description and fuzz.token_sort_ratio(line.description, work.description) >= TEXT_FROM:
        yield WORDS, "the descriptions are alike"
