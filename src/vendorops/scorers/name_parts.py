"""Compares names part by part, with rigour's tagged parts and RapidFuzz; the scorer unless told.

rigour knows that Barack, バラク and Барак are one name, that an OAO is a joint stock company and
what is a typing error; what it pairs counts as agreed. What is left over on both sides speaks
against, what only one side has (a middle name, a country) hardly does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler
from rigour.names import (
    Alignment,
    CompareConfig,
    Name,
    NamePart,
    NamePartTag,
    NameTypeTag,
    SymbolCategory,
    analyze_names,
    compare_parts,
    pair_symbols,
)
from rigour.text.translit import ascii_text

VERSION = "name_parts 1 (rigour 2.6, rapidfuzz 3.14)"
CERTAIN = 1_000_000

_TAGS = {"person": NameTypeTag.PER, "organization": NameTypeTag.ORG}
_MISTYPED = CompareConfig(budget_tolerance=1.2)
_PAIRED = {SymbolCategory.INITIAL: 0.6, SymbolCategory.NICK: 0.7}
"""How far parts agree that mean the same but are written otherwise; 0.95 unless told."""
_MOST_PAIRINGS = 2
"""Ways of pairing two names that are tried; more is repetition."""

# Chosen by hand on labelled pairs, in steps of a tenth; on halves held out they did about as well.
_CONTRADICTION = 2.0
_CONTRADICTED = 0.8
_MORE_OF_A_PERSON = 0.15
_MORE_OF_A_COMPANY = 0.25
_ANOTHER_LEGAL_FORM = 0.85
_ANOTHER_NUMBER = 0.9
_ANOTHER_PLACE = 0.9
_ONE_NAME_ALONE = 0.8
_INITIAL_FITS = 0.8
_MISTYPED_FROM = 0.3
_NEARLY = 0.8
_NEAR_FROM = 0.85
_WHOLE = 0.8
_SHORTEST_WHOLE = 6
_SHORTEST_NEAR = 3
_ONE_PART = 1.2
_A_PART = 0.5


@dataclass
class _Tally:
    """What of two names was agreed, out of what, and which parts are left on either side."""

    agreed: float = 0.0
    of: float = 0.0
    left: list[NamePart] = field(default_factory=list)
    right: list[NamePart] = field(default_factory=list)
    other_form: bool = False
    """Both have a legal form, and not the same."""

    def add(self, weight: float, share: float) -> None:
        self.agreed += weight * share
        self.of += weight


def score(kind: str, query: str, names: Sequence[str]) -> int:
    """Return how surely the query is one of the names, in millionths.

    >>> score("organization", "OAO Gasprom", ["Gazprom JSC"]) > 700_000
    True
    >>> score("person", "Paul Murphy", ["Pol Pot"]) < 500_000
    True
    """
    best = max((_pair(kind, *sorted((query, name))) for name in names), default=0.0)
    return min(CERTAIN, round(best * CERTAIN))


def _pair(kind: str, first: str, second: str) -> float:
    pairs = product(_analysed(kind, first), _analysed(kind, second))
    by_parts = max((_compared(one, other) for one, other in pairs), default=0.0)
    return max(by_parts, _as_a_whole(first, second))


@lru_cache(maxsize=2**17)
def _analysed(kind: str, name: str) -> tuple[Name, ...]:
    """Return a name in its parts; one in another script also as it is transliterated."""
    tag = _TAGS.get(kind, NameTypeTag.ENT)
    writings = dict.fromkeys((name, name if name.isascii() else ascii_text(name)))
    found: dict[str, Name] = {}
    for text in writings:
        for analysed in analyze_names(tag, [text]):
            found.setdefault(analysed.form, analysed)
    return tuple(found.values())


@lru_cache(maxsize=2**17)
def _compact(name: str) -> str:
    return "".join(filter(str.isalnum, ascii_text(name).casefold()))


def _as_a_whole(first: str, second: str) -> float:
    """Compare letter by letter: blanks in the wrong place and slips of the pen."""
    one, other = _compact(first), _compact(second)
    if one and one == other:  # Even where all of it is a legal form, which weighs nothing: AS.
        return _WHOLE
    if min(len(one), len(other)) < _SHORTEST_WHOLE:
        return 0.0
    return _WHOLE * OSA.normalized_similarity(one, other)


def _compared(one: Name, other: Name) -> float:
    pairings = pair_symbols(one, other) or [()]
    return max(_judged(one, other, _tallied(one, other, p)) for p in pairings[:_MOST_PAIRINGS])


def _tallied(one: Name, other: Name, pairing: tuple[Alignment, ...]) -> _Tally:
    forms = (_forms(one), _forms(other))
    tally = _Tally(other_form=all(forms) and forms[0].isdisjoint(forms[1]))
    for known in pairing:
        written_alike = known.qstr == known.rstr
        category = known.symbol.category if known.symbol else None
        tally.other_form &= category != SymbolCategory.ORG_CLASS
        share = _PAIRED.get(category, 0.95) if category else 0.95
        tally.add(_larger(known), 1.0 if written_alike else share)
    left = _without(one.parts, (part for known in pairing for part in known.qps))
    right = _without(other.parts, (part for known in pairing for part in known.rps))
    for found in compare_parts(left, right, _MISTYPED):
        if found.score >= _MISTYPED_FROM:
            tally.add(_larger(found), found.score)
        else:
            tally.left += found.qps
            tally.right += found.rps
    _pair_nearest(tally)
    return tally


def _without(parts: Iterable[NamePart], taken: Iterable[NamePart]) -> list[NamePart]:
    """Return the parts that are left, but for legal forms, which weigh nothing by themselves."""
    gone = set(taken)
    return [part for part in parts if part not in gone and not _is_legal(part)]


def _forms(name: Name) -> set[str]:
    """Return the words of a name's legal form."""
    return {part.comparable for part in name.parts if _is_legal(part)}


def _pair_nearest(tally: _Tally) -> None:
    """Pair what is left by initials and by likeness, the most alike first."""
    likenesses = sorted(
        (
            (_likeness(one, other), -at, -to)
            for at, one in enumerate(tally.left)
            for to, other in enumerate(tally.right)
        ),
        reverse=True,
    )
    lefts, rights = list(tally.left), list(tally.right)
    for likeness, at, to in likenesses:
        one, other = lefts[-at], rights[-to]
        if likeness and one in tally.left and other in tally.right:
            tally.left.remove(one)
            tally.right.remove(other)
            tally.add(max(_weight(one), _weight(other)), likeness)


def _likeness(one: NamePart, other: NamePart) -> float:
    first, second = one.comparable, other.comparable
    if (len(first) == 1) != (len(second) == 1) and first[0] == second[0]:
        return _INITIAL_FITS
    if min(len(first), len(second)) < _SHORTEST_NEAR:
        return 0.0
    likeness = JaroWinkler.similarity(first, second)
    return _NEARLY * likeness if likeness >= _NEAR_FROM else 0.0


def _judged(one: Name, other: Name, tally: _Tally) -> float:
    person = one.tag == NameTypeTag.PER
    left, right = _weights(tally.left), _weights(tally.right)
    against, more = min(left, right), abs(left - right)
    more_counts = _MORE_OF_A_PERSON if person else _MORE_OF_A_COMPANY
    of = tally.of + _CONTRADICTION * against + more_counts * more
    result = tally.agreed / of if of else 0.0
    result *= _CONTRADICTED if against >= _A_PART else 1.0
    result *= _ANOTHER_LEGAL_FORM if tally.other_form else 1.0
    result *= _ANOTHER_NUMBER if any(map(_is_number, tally.left + tally.right)) else 1.0
    if person:
        return result * (_ONE_NAME_ALONE if tally.agreed < _ONE_PART and more >= 1 else 1.0)
    return result * (_ANOTHER_PLACE if not against and _only_a_place(one, other, tally) else 1.0)


def _only_a_place(one: Name, other: Name, tally: _Tally) -> bool:
    """Tell whether one of two companies names a place that the other does not: a sister of it."""
    more = {*tally.left, *tally.right}
    places = (s for s in one.spans + other.spans if s.symbol.category == SymbolCategory.LOCATION)
    return any(set(place.parts) <= more for place in places)


def _is_legal(part: NamePart) -> bool:
    return part.tag == NamePartTag.LEGAL


def _is_number(part: NamePart) -> bool:
    return part.numeric or part.tag == NamePartTag.NUM


def _weight(part: NamePart) -> float:
    if _is_legal(part):
        return 0.0
    if part.tag == NamePartTag.STOP:
        return 0.3
    return 0.5 if len(part.comparable) == 1 else 1.0


def _weights(parts: Iterable[NamePart]) -> float:
    return sum(map(_weight, parts))


def _larger(found: Alignment) -> float:
    return max(_weights(found.qps), _weights(found.rps))
