"""Refuses what rests on an engagement that was not classified, or whose hold is not settled.

A questionnaire is asked of a contract where somebody said so, dated and with a reason, for a
program and place or for that contract (`vendorops mode require`). A hold stops new orders and
reports of work whether it was asked or not.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Date, bindparam
from sqlmodel import and_, col, or_, select

from vendorops import questionnaires
from vendorops.books import Books
from vendorops.books.remembering import remembered
from vendorops.books.standing import refuse_outsider
from vendorops.domain.lifecycle import ClassificationStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    ClassificationDecision,
    ClassificationDuty,
    Contract,
)
from vendorops.working.classifying import CLEAR

_ROW = ClassificationDecision
_STANDING = (  # Written once: every order and every sheet asks it.
    select(_ROW)
    .where(
        or_(
            and_(
                col(_ROW.subject_table) == "contract",
                col(_ROW.subject_id) == bindparam("contract"),
            ),
            and_(
                col(_ROW.subject_table) == "supplier",
                col(_ROW.subject_id) == bindparam("supplier"),
            ),
            and_(
                col(_ROW.subject_table) == "workorder",
                col(_ROW.subject_id).in_(bindparam("orders", expanding=True)),
            ),
        ),
        col(_ROW.status) != ClassificationStatus.SUPERSEDED.value,
    )
    .order_by(col(_ROW.id))
)

_DUTIES = (
    select(ClassificationDuty.questionnaire)
    .where(
        or_(
            col(ClassificationDuty.contract_id) == bindparam("contract"),
            and_(
                col(ClassificationDuty.contract_id).is_(None),
                col(ClassificationDuty.program).in_(("", bindparam("program"))),
                col(ClassificationDuty.place).in_(("", bindparam("place"))),
            ),
        ),
        col(ClassificationDuty.valid_from) <= bindparam("today", type_=Date),
    )
    .distinct()
)


class NotClassified(Refused):
    """A questionnaire that is asked was not answered, or its hold is not cleared."""


def require(
    books: Books,
    questionnaire: str,
    of: Contract | tuple[str, str],
    valid_from: date,
    reason: str,
) -> ClassificationDuty:
    """Ask a questionnaire of one contract, or of all of a program and place, from a day on."""
    refuse_outsider(books)
    questionnaires.versions(questionnaire)
    program, place = ("", "") if isinstance(of, Contract) else of
    duty = ClassificationDuty(
        id=books.key(),
        program=program,
        place=place,
        contract_id=of.id if isinstance(of, Contract) else None,
        questionnaire=questionnaire,
        valid_from=valid_from,
        reason=reason,
        entered_by=books.actor,
    )
    same = duty.model_dump(exclude={"id", "reason", "entered_by"})
    known = books.session.exec(select(ClassificationDuty).filter_by(**same)).one_or_none()
    if known:
        return known
    return books.enter(duty, because=f"{questionnaire} is asked from {valid_from}: {reason}")


def duties(books: Books, contract: Contract) -> list[str]:
    """Return the questionnaires that are asked of a contract today, by name."""
    name = ("duties", contract.id, books.as_of)
    return remembered(books, name, lambda: _duties(books, contract))


def _duties(books: Books, contract: Contract) -> list[str]:
    of = {"contract": contract.id, "program": contract.program, "place": contract.place}
    return sorted(books.session.exec(_DUTIES, params={**of, "today": books.as_of}))


def refuse_unclassified(
    books: Books, contract: Contract, *orders: int
) -> list[ClassificationDecision]:
    """Refuse a contract that is not classified as it must be, or that a hold lies on.

    A hold on its supplier, or on the orders given by their keys, counts as well. Returns what
    stands of all of them. Raises NotClassified.
    """
    found = list(_standing(books, contract, orders))
    for row in found:
        if not clear(row):
            raise NotClassified(f"E_CLASSIFICATION_HELD: {_held(row)}")
    answered = {row.questionnaire for row in found}
    missing = [code for code in duties(books, contract) if code not in answered]
    if missing:
        raise NotClassified(
            f"E_CLASSIFICATION_MISSING: {contract.reference} needs {', '.join(missing)} answered"
            " before anything is ordered or reported; see vendorops mode questions and mode decide"
        )
    return found


def clear(row: ClassificationDecision) -> bool:
    """Tell whether a decision stands in nobody's way."""
    return row.status == ClassificationStatus.DECIDED and row.outcome in CLEAR


def _held(row: ClassificationDecision) -> str:
    about = f"{row.reference} ({row.questionnaire}) says {row.result} of {row.subject_reference}"
    if row.status == ClassificationStatus.DECIDED:
        return f"{about}, and the hold was upheld; change the engagement, or contest it"
    return f"{about}, with score {row.score}; nothing is ordered or reported until it is settled"


def _standing(
    books: Books, contract: Contract, orders: Sequence[int]
) -> Iterator[ClassificationDecision]:
    about = {"contract": contract.id, "supplier": contract.supplier_id, "orders": [*orders]}
    yield from books.session.exec(_STANDING, params=about)
