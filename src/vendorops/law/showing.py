"""What a rule rests on: the formulas of a day, and every number that it may read there.

What a rule may read is found in its own code: the names it mentions, and those that the functions
of its place mention which it can come to; where that depends on a case, also in its worked cases.
So nothing has to be listed a second time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from types import CodeType, FunctionType

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import Figure, Jurisdiction, Return, Tax
from vendorops.domain.refusal import Refused
from vendorops.law import codes, jurisdiction
from vendorops.law.evaluation import UnknownRule, ask, rules
from vendorops.law.examples import RuleExample, RuleExamples, examples


@dataclass(frozen=True)
class FormulaOfDay:
    """A formula of which the law had several versions, or may have: the one of the day."""

    name: str
    since: date
    does: str
    """The sentence it opens with."""


@dataclass(frozen=True)
class NumberOfDay:
    """A number of the day, and when the next one begins that is written already."""

    name: str
    since: date
    figure: Figure
    next: date | None


@dataclass(frozen=True)
class Shown:
    """Everything that one rule rests on in one place."""

    place: str
    rule: str
    does: str
    formulas: tuple[FormulaOfDay, ...]
    numbers: tuple[NumberOfDay, ...]
    begins: date | None
    """First day of the first number that it may read; None where it reads none."""


class NotYet(Refused):
    """The law has no number of the rule on that day."""


def shown(name: str, day: date, place: str = "") -> list[Shown]:
    """Return what a rule, tax, form or number rests on, in one place or wherever it is known.

    Raises UnknownRule, naming what begins alike, Unknown where there is no such place, and NotYet
    before the rule's first day.
    """
    places = [jurisdiction(code) for code in ([place.lower()] if place else codes())]
    found = [_shown(law, name, day) for law in places if name in _names(law)]
    begun = [each for each in found if each.numbers or each.begins is None]
    if found and not begun:
        first = min(each.begins for each in found if each.begins)
        raise NotYet(f"{name} has no numbers on {day}; its first are of {first}; ask from then on")
    if begun:
        return begun
    family = name.partition(".")[0]
    like = sorted({each for law in places for each in _names(law) if each.startswith(family)})
    known = ", ".join(like or sorted({each for law in places for each in rules(law.code)}))
    raise UnknownRule(f"the law knows no {name!r}; it knows {known}")


def _names(law: Jurisdiction) -> dict[str, object]:
    """Return everything of a place that can be asked for, by name."""
    return {
        **law.parameters,
        **rules(law.code),
        **{form.form: form for form in law.returns},
        **{tax.code: tax for tax in law.taxes},
    }


def _shown(law: Jurisdiction, name: str, day: date) -> Shown:
    start = _names(law)[name]
    found = _Reach(law, day)
    found.follow(name if name in law.parameters else start, name)
    reads = found.numbers | (_read_by_cases(law, name) if found.asks else set())
    numbers = [number_of_day(law, each, day) for each in law.parameters if each in reads]
    told = tuple(number for number in numbers if number)
    days = [min(law.parameters[each].versions) for each in law.parameters if each in reads]
    formulas = tuple(found.formulas.values())
    return Shown(law.code, name, _sentence(start), formulas, told, min(days, default=None))


def _read_by_cases(law: Jurisdiction, rule: str) -> set[str]:
    """Return what the worked cases of a rule read: which taxes answer it depends on the case."""
    found: set[str] = set()
    for case in _cases(law.code):
        if case.rule == rule:
            asked = {"jurisdiction": law.code, "rule": rule, "inputs": case.inputs}
            answered = ask({**asked, "switches": case.switches}, case.day)
            found |= {cited.parameter for cited in answered.citations}
    return found


@cache
def _cases(code: str) -> tuple[RuleExample, ...]:
    files = [file for file in examples(code) if isinstance(file, RuleExamples)]
    return tuple(case for file in files for case in file.cases)


def number_of_day(law: Jurisdiction, name: str, day: date) -> NumberOfDay | None:
    """Return the version of a day; None for a number that was not in force yet."""
    dated = law.parameters[name]
    if min(dated.versions) > day:
        return None
    later = min((start for start in dated.versions if start > day), default=None)
    return NumberOfDay(name, dated.since(day), dated.on(day), later)


def _sentence(thing: object) -> str:
    """Return what a rule says of itself, in one sentence."""
    if isinstance(thing, Tax | Return):
        return thing.title
    if isinstance(thing, partial):
        return _sentence(thing.func)
    if isinstance(thing, Dated):
        return ""
    return (thing.__doc__ or "").partition("\n")[0]


class _Reach:
    """What a rule can come to: followed once each, within the modules of its place."""

    def __init__(self, law: Jurisdiction, day: date) -> None:
        self.law, self.day = law, day
        self.numbers: set[str] = set()
        self.asks = False
        """Whether it asks its place what is kept back."""
        self.formulas: dict[str, FormulaOfDay] = {}
        self._known = {form.form: form for form in law.returns}
        self._taxes = {tax.code: tax for tax in law.taxes}
        self._asked: list[Tax] = []
        self._words: set[str] = set()
        self._seen: set[int] = set()

    def follow(self, start: object, name: str) -> None:
        """Follow a rule to its end.

        One that asks its place what is kept back comes to the taxes that it is named after, else
        to all of them.
        """
        named = f"{self.law.code}.{name}."
        family = [tax for tax in self.law.taxes if named.startswith(f"{tax.code}.")]
        self._asked = family or list(self.law.taxes)
        todo = [start]
        while todo:
            thing = todo.pop()
            if id(thing) not in self._seen:
                self._seen.add(id(thing))
                todo += self._next(thing)
        self.numbers = {name for name in self.law.parameters if self._may_read(name)}

    def _may_read(self, name: str) -> bool:
        """Tell whether a name is mentioned, whole or in pieces such as `surcharges.`, `urban_`."""
        if name in self._words:
            return True
        openings = [word for word in self._words if "." in word and name.startswith(word)]
        rests = [name.removeprefix(opening) for opening in openings]
        return any(rest in self._words or self._is_pieced(rest) for rest in rests)

    def _is_pieced(self, rest: str) -> bool:
        return any(
            (word[-1:] == "_" and rest.startswith(word))
            or (word[:1] == "_" and rest.endswith(word))
            for word in self._words
        )

    def _next(self, thing: object) -> Iterable[object]:
        if isinstance(thing, str):
            return self._word(thing)
        if isinstance(thing, Dated):
            return self._dated(thing)
        if isinstance(thing, FunctionType) and self._is_of_place(thing):
            asks = "withheld" in _names_in(thing)
            self.asks |= asks
            return (*_mentioned(thing), *(self._asked if asks else ()))
        if isinstance(thing, type) and self._is_of_place(thing):
            return [each for each in vars(thing).values() if isinstance(each, FunctionType)]
        return _held(thing)

    def _is_of_place(self, thing: FunctionType | type) -> bool:
        return thing.__module__.startswith(f"vendorops.law.{self.law.code}.")

    def _word(self, word: str) -> Iterator[object]:
        self._words.add(word)
        yield from (known[word] for known in (self._known, self._taxes) if word in known)

    def _dated(self, dated: "Dated[object]") -> Iterator[object]:
        if not dated.versions or min(dated.versions) > self.day:
            return
        version = dated.on(self.day)
        if isinstance(version, FunctionType | partial):
            since = dated.since(self.day)
            self.formulas[dated.name] = FormulaOfDay(dated.name, since, _sentence(version))
        yield version


def _held(thing: object) -> Iterable[object]:
    """Return what a tax, a form or plain data holds."""
    if isinstance(thing, Tax):
        return (thing.applies, thing.formula)
    if isinstance(thing, Return):
        return (thing.due, thing.render)
    if isinstance(thing, partial):
        return (thing.func, *thing.args, *thing.keywords.values())
    if isinstance(thing, dict):
        return (*thing, *thing.values())
    return thing if isinstance(thing, tuple | list | frozenset) else ()


def _mentioned(function: FunctionType) -> Iterator[object]:
    """Yield what the code of a function mentions: constants, and names of its module."""
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from function.__defaults__ or ()
    for code in _code_of(function):
        yield from (each for each in code.co_consts if not isinstance(each, CodeType))
    known = function.__globals__
    yield from (known[name] for name in _names_in(function) if name in known)


def _names_in(function: FunctionType) -> set[str]:
    return {name for code in _code_of(function) for name in code.co_names}


def _code_of(function: FunctionType) -> Iterator[CodeType]:
    """Yield the code of a function, and of those that are written inside of it."""
    todo: list[CodeType] = [function.__code__]
    while todo:
        code = todo.pop()
        yield code
        todo += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
