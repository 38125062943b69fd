"""What waits for people, page by page: a few queries however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlmodel import col

from vendorops.books.questions import OPEN, SUPPLIER_ROLE
from vendorops.books.questions.rights import TO_DEPUTY, Right, rights
from vendorops.books.unit import Books
from vendorops.tables import Decision

COLUMNS = (
    *("reference", "subject_reference", "kind", "role", "owner", "missing", "due_on", "status"),
    *("escalation", "step", "steps", "program", "amount_minor", "currency", "question"),
)


@dataclass(frozen=True)
class Wanted:
    """Which questions are asked for, and which page of them."""

    able: str = ""
    """Only those this person may answer, his own first."""
    kind: str = ""
    role: str = ""
    owner: str = ""
    overdue: bool = False
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True)
class Inbox:
    """The open questions of a day; rights are looked up once."""

    books: Books

    @cached_property
    def rights(self) -> Sequence[Right]:
        """Every right in force today."""
        return rights(self.books)

    def page(self, wanted: Wanted) -> list[Row[Any]]:
        """Return one page, what is one's own first, then the most urgent."""
        asked: Select[Any] = select(*(getattr(Decision, name) for name in COLUMNS))
        mine = case((col(Decision.owner) == wanted.able, 0), else_=1) if wanted.able else None
        order = [col(Decision.due_on), col(Decision.id)]
        query = self._where(asked, wanted).order_by(*([] if mine is None else [mine]), *order)
        limited = query.limit(wanted.limit).offset(wanted.offset)
        return list(self.books.session.connection().execute(limited))

    def count(self, wanted: Wanted) -> int:
        """Return how many there are on all pages."""
        counted: Select[Any] = select(func.count()).select_from(Decision)
        query = self._where(counted, wanted)
        return int(self.books.session.connection().execute(query).scalar_one())

    def deputies(self, owner: str, role: str) -> list[str]:
        """Return who may stand in for an owner, now or once a question is escalated."""
        found = [r for r in self.rights if r.on_behalf_of == owner and r.answers == role]
        now = sorted({r.holder for r in found if r.from_escalation < TO_DEPUTY})
        later = sorted({r.holder for r in found if r.from_escalation >= TO_DEPUTY} - {*now})
        return now + [f"{handle} (once escalated)" for handle in later]

    def _where(self, query: Select[Any], wanted: Wanted) -> Select[Any]:
        query = query.where(col(Decision.status).in_(OPEN))
        for name in ("kind", "role", "owner"):
            if value := getattr(wanted, name):
                query = query.where(getattr(Decision, name) == value)
        if wanted.overdue:
            query = query.where(col(Decision.due_on) < self.books.as_of)
        return query.where(self._may(wanted.able)) if wanted.able else query

    def _may(self, handle: str) -> ColumnElement[bool]:
        """Return the condition under which somebody may answer, for each of his rights."""
        ways = [_answers(right) for right in self.rights if right.holder == handle]
        return or_(false(), *ways)


def _answers(right: Right) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        col(Decision.role) == right.answers,
        col(Decision.escalation) >= right.from_escalation,
    ]
    if right.limit_minor is not None:
        within = and_(
            col(Decision.currency) == right.currency,
            col(Decision.amount_minor) <= right.limit_minor,
        )
        conditions.append(or_(col(Decision.amount_minor) == 0, within))
    for handle in {right.holder, right.on_behalf_of} - {""}:
        conditions += [col(Decision.asked_by) != handle, not_(_took_part(handle))]
    if right.answers == SUPPLIER_ROLE:
        conditions.append(col(Decision.party_id) == right.party_id)
    return and_(*conditions)


def _took_part(handle: str) -> ColumnElement[bool]:
    listed = literal(" ") + col(Decision.not_by) + literal(" ")
    return listed.contains(f" {handle} ", autoescape=True)
