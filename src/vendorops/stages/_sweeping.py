"""Runs a stage over its rows: each case as far as it goes, alone or many in a transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import event

from vendorops.books import Books, Opener, log, name_of
from vendorops.books.parts import part
from vendorops.domain.refusal import Refused
from vendorops.stages._grouping import advance_group, held, partitions
from vendorops.stages._refusing import record, refused, resolve
from vendorops.stages._shelf import Outcome, Step, stage
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    Party,
    Row,
    Settlement,
    Supplier,
    Worker,
)

REMEMBERED = (BankAccount, Contract, LegalEntity, Party, Settlement, Supplier, Worker)
"""What many cases of a transaction ask for again; a session forgets what nobody holds."""
STEPS = 20
"""No case takes more steps in one run; more would be a loop."""


def sweep(name: str, opener: Opener, idents: list[int] | None = None) -> Outcome:
    """Advance rows, each as far as it goes and each step in its own transaction.

    A refusal is recorded and stops nothing else; anything else that is raised climbs.
    """
    outcome = Outcome()
    if idents is None:
        with opener() as books:
            idents = stage(name).ready(books)
    for group in partitions(name, opener, idents):
        if len(group) == 1 or not advance_group(name, opener, group, outcome):
            for ident in group:
                _advance(_Run(name, opener), ident, outcome)
    return outcome


def sweep_together(name: str, opener: Opener, idents: Sequence[int]) -> Outcome:
    """Advance rows as `sweep` does and to the same end, but all of them in one transaction.

    For many cases that came in together: each step can still be undone alone, and a process that
    ends midway has done nothing, so the rows are as ready as before.
    """
    outcome = Outcome()
    with opener() as books:
        log.lock(books.session)
        rows = held(books, stage(name).SUBJECT, idents)
        run = _Run(name, partial(_part, books), rows, refused(books, name, idents))
        with _remembering(books, [*_at_hand(name, books, idents)]):
            for ident in idents:
                _advance(run, ident, outcome)
    return outcome


@dataclass(frozen=True)
class _Run:
    """A stage at work, and what is known of its rows before it begins."""

    name: str
    opener: Opener
    rows: Mapping[int, Row] = field(default_factory=dict)
    """Held by the transaction that all share; where there is none, each step holds its row."""
    refused: frozenset[int] | None = None
    """Of which rows a refusal stands; None where nobody looked."""


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


def _advance(run: _Run, ident: int, outcome: Outcome) -> None:
    chosen, name = stage(run.name), run.name
    reference = str(ident)
    try:
        for _ in range(STEPS):
            with run.opener() as books:
                log.lock(books.session)  # In the order of every other writer.
                # Named, so that no session forgets it.
                row = run.rows.get(ident) or books.hold(chosen.SUBJECT, ident)
                reference = name_of(row)
                step = chosen.advance(books, ident)
                if step is not Step.WAITING and (run.refused is None or ident in run.refused):
                    resolve(books, name, chosen.SUBJECT, ident)
            if step is not Step.AGAIN:
                break
        (outcome.waiting if step is Step.WAITING else outcome.advanced).append(reference)
    except Refused as refusal:
        with run.opener() as books:
            log.lock(books.session)  # Two runs must not both find it not said yet.
            outcome.refused.append((record(books, name, ident, str(refusal)), str(refusal)))
    except Exception as problem:
        problem.add_note(reference)  # So that whoever is called knows which case it was.
        raise
