"""What happens, one module per stage, all of one shape.

A stage lists what is ready and advances one thing by one step. Both look only at the books, so
any stage may be run again at any moment: what was done is no longer ready.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import partial
from typing import Protocol, cast

from sqlalchemy import event
from sqlmodel import col, select

from vendorops.books import Books, Opener, log, name_of
from vendorops.books.parts import part
from vendorops.books.working_days import working_days
from vendorops.domain.dated import Dated
from vendorops.domain.refusal import Refused
from vendorops.registry import member, members
from vendorops.tables import Contract, LegalEntity, Party, Refusal, Row, Supplier, Worker

REFUSAL_DUE_DAYS = Dated("working days to see to a refusal", {date(2020, 1, 1): 3})
REMEMBERED = (Contract, LegalEntity, Party, Supplier, Worker)
"""What many cases of a transaction ask for again; a session forgets what nobody holds."""
STEPS = 20
"""No case takes more steps in one run; more would be a loop."""


class Step(Enum):
    """What became of a row in one step."""

    AGAIN = "again"
    """It went on, and this stage may have more to do with it."""
    DONE = "done"
    """It went on, and this stage has no more to do with it now."""
    WAITING = "waiting"
    """It cannot go on before a person has answered."""


class Stage(Protocol):
    """What a module of this folder offers; the module itself is the stage.

    It may also offer `figures(books)`, rows of references and amounts for the run's report, and
    OWNER, the role that sees to what it refuses (a buyer does unless it says so), and
    `at_hand(books, idents)`, the rows that advancing many will ask for, read in few statements.
    """

    SUBJECT: type[Row]
    """The table whose rows it advances."""

    def ready(self, books: Books) -> list[int]:
        """Return the rows this stage can work on, in the order it would."""
        ...

    def advance(self, books: Books, ident: int) -> Step:
        """Take one step with one row, or find that it waits for a person. May refuse."""
        ...


@dataclass
class Outcome:
    """What became of the rows a stage worked on, by their references."""

    advanced: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Reference and reason."""

    def add(self, other: "Outcome") -> None:
        """Take in what another batch came to."""
        self.advanced += other.advanced
        self.waiting += other.waiting
        self.refused += other.refused


def stage(name: str) -> Stage:
    """Return one stage."""
    return cast("Stage", member(sys.modules[__name__], name))


def figures(name: str, books: Books) -> list[Mapping[str, str]]:
    """Return what a finance person reads of a stage's work; nothing of stages that have none."""
    told: Callable[[Books], list[Mapping[str, str]]] | None
    told = getattr(stage(name), "figures", None)
    return told(books) if told else []


def names() -> list[str]:
    """Return the names of all stages."""
    return list(members(sys.modules[__name__]))


def sweep(name: str, opener: Opener, idents: list[int] | None = None) -> Outcome:
    """Advance rows, each as far as it goes and each step in its own transaction.

    A refusal is recorded and stops nothing else; anything else that is raised climbs.
    """
    chosen = stage(name)
    outcome = Outcome()
    if idents is None:
        with opener() as books:
            idents = chosen.ready(books)
    for ident in idents:
        _advance(name, opener, ident, outcome)
    return outcome


def sweep_together(name: str, opener: Opener, idents: Sequence[int]) -> Outcome:
    """Advance rows as `sweep` does and to the same end, but all of them in one transaction.

    For many cases that came in together: each step can still be undone alone, and a process that
    ends midway has done nothing, so the rows are as ready as before.
    """
    outcome = Outcome()
    with opener() as books:
        log.lock(books.session)
        together: Opener = partial(_part, books)
        held = [*_at_hand(name, books, idents)]
        with _remembering(books, held):
            for ident in idents:
                _advance(name, together, ident, outcome)
    return outcome


def _at_hand(name: str, books: Books, idents: Sequence[int]) -> Sequence[Row]:
    read: Callable[[Books, Sequence[int]], Sequence[Row]] | None
    read = getattr(stage(name), "at_hand", None)
    return read(books, idents) if read else ()


@contextmanager
def _remembering(books: Books, held: list[Row]) -> Iterator[None]:
    """Hold rows that are read within, so that they are read once and not for every case."""

    def keep(_: object, row: object) -> None:
        if isinstance(row, REMEMBERED):
            held.append(row)

    event.listen(books.session, "loaded_as_persistent", keep)
    try:
        yield
    finally:
        event.remove(books.session, "loaded_as_persistent", keep)


@contextmanager
def _part(books: Books) -> Iterator[Books]:
    with part(books):
        yield books


def _advance(name: str, opener: Opener, ident: int, outcome: Outcome) -> None:
    chosen = stage(name)
    reference = str(ident)
    try:
        for _ in range(STEPS):
            with opener() as books:
                log.lock(books.session)  # In the order of every other writer.
                row = books.hold(chosen.SUBJECT, ident)  # Named, so that no session forgets it.
                reference = name_of(row)
                step = chosen.advance(books, ident)
                if step is not Step.WAITING:
                    _resolve(books, name, chosen.SUBJECT, ident)
            if step is not Step.AGAIN:
                break
        (outcome.waiting if step is Step.WAITING else outcome.advanced).append(reference)
    except Refused as refusal:
        with opener() as books:
            log.lock(books.session)  # Two runs must not both find it not said yet.
            outcome.refused.append((_record(books, name, ident, str(refusal)), str(refusal)))
    except Exception as problem:
        problem.add_note(reference)  # So that whoever is called knows which case it was.
        raise


def _record(books: Books, name: str, ident: int, reason: str) -> str:
    """Keep why a case was refused; what was said before and still holds is not said again."""
    table = stage(name).SUBJECT
    row = books.get(table, ident)
    known = _refusals(books, name, table, ident)
    same = next((refusal for refusal in known if refusal.reason == reason), None)
    if same and same.resolved_on is None:
        return name_of(row)
    _resolve(books, name, table, ident)
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


def _resolve(books: Books, name: str, table: type[Row], ident: int) -> None:
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
