"""Plays many courses of events in one transaction: what they share is played once, then undone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from tests.attacks.actions import Action, perform
from tests.attacks.oracle import breaches, paid
from tests.attacks.play import Play, lender
from vendorops.books.engine import engine
from vendorops.settings import Settings

Course = tuple[Action, ...]


@dataclass
class Found:
    """What playing courses of events came to."""

    courses: int = 0
    acts: int = 0
    paid: int = 0
    """Courses that ended with money sent to a new account, rightly."""
    broken: list[tuple[Course, list[str]]] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)


@contextmanager
def undone(settings: Settings) -> Iterator[Session]:
    """Lend a session on the real file whose transaction is never kept."""
    with engine(settings).connect() as connection:
        outer = connection.begin()
        with Session(bind=connection, expire_on_commit=False) as session:
            yield session
        outer.rollback()


def run(settings: Settings, courses: Sequence[Course]) -> Found:
    """Play courses in the order in which they share most, and judge each after every act."""
    found = Found()
    with undone(settings) as session:
        play = Play(lender(session, settings))
        play.note(session)
        tree = _Tree(session, play, found)
        for course in sorted(courses):
            tree.go(course)
        found.codes = play.codes
    return found


class _Tree:
    """Where acts lead: from what had an effect so far, and an act, to what has had one then.

    An act that changed nothing leads back to where it was done, so that courses which differ by
    such acts only meet again; nothing is ever played twice that was played before.
    """

    def __init__(self, session: Session, play: Play, found: Found) -> None:
        self.session, self.play, self.found = session, play, found
        self.here: Course = ()
        self.marks: list[tuple[SessionTransaction, dict[str, Any]]] = []
        self.leads: dict[tuple[Course, Action], Course] = {}
        self.verdicts: dict[Course, list[str]] = {(): []}
        self.pays: set[Course] = set()
        self.judged: dict[Course, frozenset[str]] = {(): frozenset()}
        """Payments that were judged when they were sent; what is destroyed later is too late."""

    def go(self, course: Course) -> None:
        """Follow a course to its end and write down how it ended."""
        at: Course = ()
        wrong: list[str] = []
        for action in course:
            if (at, action) not in self.leads:
                self._stand(at)
                self.leads[at, action] = self._try(action)
            at = self.leads[at, action]
            wrong = wrong or self.verdicts[at]
        self.found.courses += 1
        self.found.paid += at in self.pays and not wrong
        if wrong:
            self.found.broken.append((course, wrong))

    def _stand(self, at: Course) -> None:
        """Undo and do until exactly these acts have had their effects."""
        while self.here != at[: len(self.here)]:
            self._undo()
        for action in at[len(self.here) :]:
            self._do(action)

    def _try(self, action: Action) -> Course:
        before = self._state()
        self._do(action)
        if self._state() == before and action[0] != "forget":
            self._undo()
        elif self.here not in self.verdicts:
            self._judge()
        return self.here

    def _judge(self) -> None:
        self.session.expunge_all()
        sent, before = paid(self.session), self.judged[self.here[:-1]]
        fresh = [payment for payment in sent if payment.reference not in before]
        self.judged[self.here] = before | {payment.reference for payment in fresh}
        self.verdicts[self.here] = breaches(self.session, self.play, fresh)
        if any(payment.bank_account_id in self._new() for payment in sent):
            self.pays.add(self.here)

    def _state(self) -> tuple[object, ...]:
        head = self.session.connection().exec_driver_sql("SELECT seq FROM loghead").scalar()
        return (head, self.play.true, self.play.wrong, self.play.shifted)

    def _new(self) -> set[int]:
        rows = self.session.connection().exec_driver_sql(
            "SELECT id FROM bankaccount WHERE proposed_at IS NOT NULL"
        )
        return set(rows.scalars())

    def _do(self, action: Action) -> None:
        self.marks.append((self.session.begin_nested(), self.play.state()))
        self.here = (*self.here, action)
        perform(self.play, action)
        self.play.note(self.session)
        self.found.acts += 1

    def _undo(self) -> None:
        mark, state = self.marks.pop()
        self.here = self.here[:-1]
        self.session.expunge_all()
        mark.rollback()
        for name, value in state.items():
            setattr(self.play, name, value)
