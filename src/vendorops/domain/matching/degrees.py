"""How many sides a claim is matched with: whether acceptance is needed, and by which grade."""

import re
from dataclasses import dataclass

from vendorops.domain.refusal import Refused

KIND = "matching"
GRADE = re.compile(r"[A-Za-z0-9+-]{1,10}", re.ASCII)


class BadDegree(Refused):
    """A degree of matching that cannot be agreed."""


@dataclass(frozen=True)
class MatchingDegree:
    """What is compared for some work: two sides without acceptance, three with it, four by grade.

    What nobody agreed otherwise is matched with three.
    """

    acceptance_required: bool = True
    """False: what is reported counts as accepted, so that only contract and claim are compared."""
    grades: tuple[str, ...] = ()
    """The scale by which the work is accepted, best first; none: without grades."""
    least_grade: str = ""
    """The worst grade that is paid."""
    kind: str = KIND

    def __post_init__(self) -> None:
        if self.grades and not self.acceptance_required:
            raise BadDegree("a grade is given at acceptance; require it, or leave the grades out")
        bad = [each for each in self.grades if not GRADE.fullmatch(each)]
        if bad or len(set(self.grades)) != len(self.grades):
            raise BadDegree("grades are short names, each once, best first, such as [A, B, C]")
        if bool(self.grades) != bool(self.least_grade):
            raise BadDegree("give both the grades and the least_grade that is paid, or neither")
        if self.grades and self.least_grade not in self.grades:
            raise BadDegree(f"least_grade is one of {', '.join(self.grades)}")

    @property
    def paid_grades(self) -> tuple[str, ...]:
        """The grades by which work is paid; none where any work is.

        >>> MatchingDegree(grades=("A", "B", "C"), least_grade="B").paid_grades
        ('A', 'B')
        """
        if not self.grades:
            return ()
        return self.grades[: self.grades.index(self.least_grade) + 1]

    @property
    def sides(self) -> int:
        """Two, three or four."""
        return 4 if self.grades else 3 if self.acceptance_required else 2
