"""Grades by which delivered work is accepted: the scale of its line, and what a buyer gave."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import Delivery, DeliveryTerm, OrderLine, ServiceSheet, WorkItem
from vendorops.working.matching_degrees import agreed_scales


class UnusableGrade(Refused):
    """A grade is missing, unknown, or worse than what may be accepted."""


@dataclass(frozen=True)
class Scale:
    """The grades of a line, best first, and the worst that is accepted."""

    grades: tuple[str, ...]
    least: str

    def check(self, reference: str, grade: str) -> None:
        """Refuse a grade by which work cannot be accepted.

        >>> Scale(("A", "B", "C"), "B").check("WRK-1", "C")
        Traceback (most recent call last):
        vendorops.working.grading.UnusableGrade: WRK-1: C is below B, the least accepted; accept 0
        """
        known = " ".join(self.grades)
        if not grade:
            raise UnusableGrade(
                f'{reference} is accepted by grade: add {{"grade": {{"{reference}": …}}}} with one'
                f" of {known}"
            )
        if grade not in self.grades:
            raise UnusableGrade(f"{reference}: {grade[:20]!r} is no grade; give one of {known}")
        if self.grades.index(grade) > self.grades.index(self.least):
            raise UnusableGrade(
                f"{reference}: {grade} is below {self.least}, the least accepted; accept 0"
            )


def scales(books: Books, sheet: ServiceSheet, items: Sequence[WorkItem]) -> dict[str, Scale]:
    """Return the scales of a sheet's graded work, which `items` are, by its reference.

    They are those of its order's lines; else those that the contract agreed for matching.
    """
    found = books.session.execute(_OF_ORDERS, {"sheet": sheet.id})
    own = {reference: Scale(tuple(grades.split()), least) for reference, grades, least in found}
    # Any grade of theirs may be given: the match looks whether it is one that is paid.
    agreed = agreed_scales(books, items)
    return {name: Scale(grades, grades[-1]) for name, grades in agreed.items()} | own


_OF_ORDERS = (
    select(WorkItem.reference, DeliveryTerm.grades, DeliveryTerm.least_grade)
    .join(Delivery, col(Delivery.work_item_id) == col(WorkItem.id))
    .join(OrderLine, col(OrderLine.id) == col(Delivery.order_line_id))
    .join(DeliveryTerm, col(DeliveryTerm.work_order_id) == col(OrderLine.work_order_id))
    .where(
        col(DeliveryTerm.number) == col(OrderLine.number),
        col(DeliveryTerm.grades) != "",
        col(WorkItem.service_sheet_id) == bindparam("sheet"),
    )
)


def refuse_grades(known: Mapping[str, Scale], accepted: Mapping[str, int], detail: str) -> None:
    """Refuse an answer that accepts graded work without a grade that allows it."""
    given = grades_given(detail)
    unasked = sorted(set(given) - set(known))
    if unasked:
        raise UnusableGrade(f"{unasked[0][:40]!r} is not accepted by grade; leave its grade out")
    for reference, scale in known.items():
        if accepted[reference]:
            scale.check(reference, given.get(reference, ""))


def grades_given(detail: str) -> dict[str, str]:
    """Return the grades of an answer by work reference.

    >>> grades_given('{"grade": {"WRK-2026-000001": "A"}}')
    {'WRK-2026-000001': 'A'}
    """
    given = json.loads(detail or "{}").get("grade", {})
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        raise UnusableGrade('write grades as {"grade": {work reference: grade}}')
    return given
