"""Keeps what the business said no to, until the case goes on."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, name_of
from vendorops.books.working_days import working_days
from vendorops.domain.dated import Dated
from vendorops.stages._shelf import stage
from vendorops.tables import Refusal, Row

REFUSAL_DUE_DAYS = Dated("working days to see to a refusal", {date(2020, 1, 1): 3})


def record(books: Books, name: str, ident: int, reason: str) -> str:
    """Keep why a case was refused; what was said before and still holds is not said again."""
    table = stage(name).SUBJECT
    row = books.get(table, ident)
    known = _refusals(books, name, table, ident)
    same = next((refusal for refusal in known if refusal.reason == reason), None)
    if same and same.resolved_on is None:
        return name_of(row)
    resolve(books, name, table, ident)
    if same:
        same.refused_on, same.due_on, same.resolved_on = books.as_of, _due(books), None
    else:
        books.enter(
            Refusal(
                id=books.key(),
                stage=name,
                subject_table=table.__name__.lower(),
                subject_id=ident,
                subject_reference=name_of(row),
                reason=reason,
                owner_role=getattr(stage(name), "OWNER", "buyer"),
                refused_on=books.as_of,
                due_on=_due(books),
            )
        )
    books.record("refused", row, reason)
    return name_of(row)


def _due(books: Books) -> date:
    return working_days(books).after(books.as_of, REFUSAL_DUE_DAYS.on(books.as_of))


def resolve(books: Books, name: str, table: type[Row], ident: int) -> None:
    """Write down that a case goes on, whatever was said against it."""
    for refusal in _refusals(books, name, table, ident):
        if refusal.resolved_on is None:
            refusal.resolved_on = books.as_of
    books.session.flush()


def _refusals(books: Books, name: str, table: type[Row], ident: int) -> list[Refusal]:
    query = select(Refusal).where(
        col(Refusal.stage) == name,
        col(Refusal.subject_table) == table.__name__.lower(),
        col(Refusal.subject_id) == ident,
    )
    return list(books.session.exec(query))


def refused(books: Books, name: str, idents: Sequence[int]) -> frozenset[int]:
    """Return of which rows a refusal by a stage stands."""
    query = select(Refusal.subject_id).where(
        col(Refusal.stage) == name,
        col(Refusal.subject_table) == stage(name).SUBJECT.__name__.lower(),
        col(Refusal.subject_id).in_(idents),
        col(Refusal.resolved_on).is_(None),
    )
    return frozenset(books.session.exec(query))
