"""Grades that follow from scores, and circles that follow from labels: whole numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vendorops.domain.refusal import Refused

FULL = 100
"""The highest score of a dimension."""


class BadScores(Refused):
    """Scores that do not fit the competency model."""


@dataclass(frozen=True)
class Competency:
    """A competency model as it holds on a day."""

    model: str
    en: str
    zh: str
    dimensions: Mapping[str, tuple[str, str]]
    """English and Chinese name by code, in the order of the radar picture."""
    grades: Mapping[str, int]
    """The score from which each grade is reached, from the lowest grade to the highest."""

    def check(self, scores: Mapping[str, int]) -> None:
        """Refuse scores that leave a dimension out, name another, or lie outside 0 to 100."""
        if set(scores) != set(self.dimensions):
            wrong = sorted(set(scores) ^ set(self.dimensions))
            raise BadScores(
                f"{self.model} scores {', '.join(self.dimensions)}, each once; look at "
                f"{', '.join(wrong)}"
            )
        outside = sorted(name for name, score in scores.items() if not 0 <= score <= FULL)
        if outside:
            raise BadScores(f"{', '.join(outside)}: a score lies between 0 and {FULL}; correct it")

    def grade(self, scores: Mapping[str, int]) -> str:
        """Return the highest grade that every single dimension reaches, or nothing.

        >>> model = Competency("m", "", "", {"a": ("", ""), "b": ("", "")}, {"low": 60, "top": 90})
        >>> model.grade({"a": 99, "b": 60}), model.grade({"a": 100, "b": 59})
        ('low', '')
        """
        self.check(scores)
        weakest = min(scores.values())
        reached = [name for name, least in self.grades.items() if weakest >= least]
        return max(reached, key=lambda name: self.grades[name], default="")

    def grades_up_to(self, grade: str) -> tuple[str, ...]:
        """Return a grade and those below it: whoever is gold is silver too.

        >>> Competency("m", "", "", {}, {"low": 60, "top": 90}).grades_up_to("top")
        ('low', 'top')
        """
        if grade not in self.grades:
            return ()
        least = self.grades[grade]
        return tuple(name for name, score in self.grades.items() if score <= least)


@dataclass(frozen=True)
class Need:
    """One thing a circle asks: any of some labels of a kind."""

    kind: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Circle:
    """A group of people that is run its own way."""

    code: str
    en: str
    zh: str
    needs: tuple[Need, ...]
    run: str

    def fits(self, held: Collection[tuple[str, str]]) -> bool:
        """Tell whether labels, as kind and code, meet all that the circle asks."""
        return all(any((need.kind, code) in held for code in need.any_of) for need in self.needs)


def circle_of(circles: Sequence[Circle], held: Collection[tuple[str, str]]) -> Circle:
    """Return the first circle that somebody fits; the last one asks nothing and takes the rest."""
    return next(circle for circle in circles if circle.fits(held))
