"""Has submitted work accepted, whole or in part, by a buyer who did not submit it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import col, select

from vendorops.books import Books, decided, waiting
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import ServiceSheetStatus
from vendorops.stages import Step
from vendorops.stages.acceptance.asking import delivered, question, silence_accepts, unusable
from vendorops.stages.acceptance.quantities import UnusableAnswer, accepted_quantities
from vendorops.stages.acceptance.submission import submit
from vendorops.tables import Decision, ServiceSheet, WorkItem
from vendorops.working.budgets import take_for
from vendorops.working.grading import grades_given
from vendorops.working.matching_degrees import without_acceptance

__all__ = ["SUBJECT", "advance", "ready", "submit"]

SUBJECT = ServiceSheet


@dataclass(frozen=True)
class Accepted:
    """What of a sheet is accepted, why, and by which grades."""

    quantities: Mapping[str, int]
    because: str
    grades: Mapping[str, str] = field(default_factory=dict)


def ready(books: Books) -> list[int]:
    """Return the sheets that nobody has accepted or rejected yet."""
    query = select(ServiceSheet.id).where(
        col(ServiceSheet.status) == ServiceSheetStatus.SUBMITTED.value
    )
    return list(books.session.exec(query.order_by(col(ServiceSheet.id))))


def advance(books: Books, ident: int) -> Step:
    """Ask for acceptance, or carry out the answer.

    An approval that names wrong work or quantities, or more than the budget of an order has left,
    is refused with its reason and the question put again, because an answer once given is never
    edited.

    Where the contract agreed that no acceptance is required, nobody is asked.

    Raises BudgetExceeded where that, or silence, would accept what does not fit the budget of an
    order.
    """
    sheet = books.get(ServiceSheet, ident)
    if sheet.status != ServiceSheetStatus.SUBMITTED:
        return Step.DONE
    items = delivered(books, sheet)
    agreed = without_acceptance(books, items)
    if agreed:
        _accept(books, sheet, items, Accepted(accepted_quantities(items, ""), agreed))
        withdraw(books, sheet, agreed)
        return Step.DONE
    refused = unusable(books, sheet, items)
    asked_before = refused and any(row.subject_id == sheet.id for row in waiting(books))
    decision = decided(books, question(books, sheet, items, refused))
    if decision:
        _conclude(books, sheet, items, decision)
        return Step.DONE
    silent = silence_accepts(books, sheet)
    if silent:
        _accept(books, sheet, items, Accepted(accepted_quantities(items, ""), silent))
        withdraw(books, sheet, silent)
        return Step.DONE
    if asked_before:
        raise UnusableAnswer(list(refused.values())[-1])
    return Step.AGAIN if refused else Step.WAITING


def _conclude(
    books: Books, sheet: ServiceSheet, items: list[WorkItem], decision: Decision
) -> None:
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    if decision.answer == "reject":
        books.move(sheet, ServiceSheetStatus.REJECTED, because=because)
        return
    accepted = accepted_quantities(items, decision.detail)
    _accept(books, sheet, items, Accepted(accepted, because, grades_given(decision.detail)))


def _accept(
    books: Books,
    sheet: ServiceSheet,
    items: list[WorkItem],
    said: Accepted,
) -> None:
    take_for(books, items, said.quantities)
    for item in items:
        item.accepted_e4 = said.quantities[item.reference]
        item.accepted_on = books.as_of if item.accepted_e4 else None
        item.grade = said.grades.get(item.reference) if item.accepted_e4 else None
    whole = all(item.accepted_e4 == item.quantity_e4 for item in items)
    after = ServiceSheetStatus.ACCEPTED if whole else ServiceSheetStatus.PARTLY_ACCEPTED
    books.move(sheet, after, because=said.because)
