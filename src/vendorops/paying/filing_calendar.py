"""What is due to tax offices, by company of ours: last days by law, who owns it, how far it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.books.questions.rights import rights
from vendorops.domain.dated import NotInForce
from vendorops.domain.jurisdiction import Deadline, Jurisdiction, Reminder, Return
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.paying.declaring import Duty, declarable, is_taxed, versions
from vendorops.tables import Contract, Decision, Filing, LegalEntity, Party

ROLE = "tax"
LOOK_BACK = 15
"""Months before a last day in which its period may have begun."""
GONE = (FilingStatus.REJECTED, FilingStatus.SUPERSEDED, FilingStatus.AMENDED)
NOTHING, TO_COME, KEPT_BACK, OUTSIDE = "nothing to declare", "to come", "not prepared", "outside"


class BadStretch(Refused):
    """The calendar was asked for a stretch that ends before it begins, or is too long."""


@dataclass(frozen=True)
class Due:
    """One return or report, and its last day."""

    entity: str
    place: str
    form: str
    title: str
    period: str
    """The month, or first and last month, that it is about."""
    due_on: date
    owner: str
    """Who owns the open question about it, else who holds the role of the tax desk."""
    status: str
    """Of its newest version; else whether anything is to be declared, or it is a report of which
    none was prepared."""
    filing: str
    total: Money | None
    findings: tuple[str, ...]
    """What the last day rests on and is not confirmed, such as holidays not yet published."""

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something."""
        done = (FilingStatus.SUBMITTED, FilingStatus.ACCEPTED, NOTHING)
        return self.status not in done


def due_between(books: Books, first: date, end: date) -> list[Due]:
    """Return what is due from a day on and before another one, the most urgent first.

    Raises BadStretch for more than ten years, or none.
    """
    if not first < end <= first.replace(day=1) + 3660 * DAY:
        raise BadStretch(f"from {first} to {end} is no stretch of up to ten years; correct it")
    desk = sorted({right.holder for right in rights(books, [ROLE]) if right.from_escalation == 0})
    found = [
        _due(books, (entity, law), form, (period, deadline), desk)
        for entity, law in _places(books)
        for form in _forms(entity, law)
        for period, deadline in _periods(law, form, first, end)
    ]
    return sorted(found, key=lambda due: (due.due_on, due.entity, due.form, due.period))


def _places(books: Books) -> Iterator[tuple[LegalEntity, Jurisdiction]]:
    """Yield each company with the law of each place in which it sits or has contracts."""
    for entity in books.session.exec(select(LegalEntity).order_by(col(LegalEntity.code))).all():
        query = select(Contract.place).where(col(Contract.legal_entity_id) == entity.id)
        sits = books.get(Party, entity.party_id).place
        for place in sorted({sits, *books.session.exec(query.distinct())}):
            yield entity, jurisdiction(place)


def _forms(entity: LegalEntity, law: Jurisdiction) -> Iterator[Return | Reminder]:
    yield from law.returns
    for reminder in law.reminders:
        if entity.platform_since or not reminder.of_platforms:
            yield reminder


def _periods(
    law: Jurisdiction, form: Return | Reminder, first: date, end: date
) -> Iterator[tuple[Period, Deadline]]:
    """Yield the periods of a form whose last day lies in a stretch."""
    months = [Period.month_of(first)]
    for _ in range(LOOK_BACK):
        months.append(Period.month_before(months[-1].start))
    month = form.period(months[-1])
    while month.start < end:
        try:
            deadline = law.due_of(form, month)
        except NotInForce:  # Nobody asked for it then.
            deadline = None
        if deadline and _begun(law, form, month) and first <= deadline.day < end:
            yield month, deadline
        month = form.period(Period.month_of(month.end))


def _begun(law: Jurisdiction, form: Return | Reminder, period: Period) -> bool:
    """Tell whether anything could be kept back, or was reported, in a period already."""
    if isinstance(form, Reminder):
        return form.since <= period.start
    return any(min(law.tax(code).formula.versions) < period.end for code in form.taxes)


def _due(
    books: Books,
    whose: tuple[LegalEntity, Jurisdiction],
    form: Return | Reminder,
    when: tuple[Period, Deadline],
    desk: list[str],
) -> Due:
    (entity, law), (period, deadline) = whose, when
    last = Period.month_before(period.end).label
    duty = Duty(last, law.code, form.form)
    filing = _newest(books, entity, duty)
    if isinstance(form, Return):
        status, total = _state(books, entity, duty, filing)
    else:
        status, total = filing.status if filing else _unreported(books, entity, duty, form), None
    return Due(
        entity=entity.code,
        place=law.code,
        form=form.form,
        title=form.title,
        period=last if period.label == last else f"{period.label}/{last}",
        due_on=deadline.day,
        owner=(filing and _owner(books, filing)) or ", ".join(desk),
        status=status,
        filing=filing.reference if filing else "",
        total=total,
        findings=tuple(found.message for found in deadline.findings),
    )


def _newest(books: Books, entity: LegalEntity, duty: Duty) -> Filing | None:
    standing = [row for row in versions(books, entity.id, duty) if row.status not in GONE]
    return standing[-1] if standing else None


def _unreported(books: Books, entity: LegalEntity, duty: Duty, form: Reminder) -> str:
    """Return how far a report is of which no version stands: nobody may have to be told of."""
    if not form.taxes or is_taxed(books, entity.id, duty, form.taxes):
        return OUTSIDE
    return _untaxed(books, duty)


def _untaxed(books: Books, duty: Duty) -> str:
    return NOTHING if duty.month < Period.month_of(books.as_of).label else TO_COME


def _state(
    books: Books, entity: LegalEntity, duty: Duty, filing: Filing | None
) -> tuple[str, Money | None]:
    """Return how far a return is, and what it comes to."""
    if filing:
        return filing.status, Money(filing.total_minor, filing.currency)
    declared = declarable(books, entity.id, duty)
    if declared:
        kept_back = sum(row.minor for row in declared)
        return KEPT_BACK, Money(kept_back, jurisdiction(duty.place).currency)
    return _untaxed(books, duty), None


def _owner(books: Books, filing: Filing) -> str:
    query = select(func.max(Decision.owner)).where(
        col(Decision.subject_table) == "filing",
        col(Decision.subject_id) == filing.id,
        col(Decision.status).in_(OPEN),
    )
    return books.session.exec(query).one() or ""
