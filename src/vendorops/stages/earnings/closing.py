"""Enters the lines of a contract's stretches: work where more is due, credit memos where less."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from vendorops.books import Books, canonical, log
from vendorops.domain.earnings import Statement
from vendorops.domain.periods import DAY, Period
from vendorops.stages import Step
from vendorops.stages.earnings.entering import enter_memo, enter_work
from vendorops.tables import Contract, EarnedLine
from vendorops.working.earning import (
    calculation,
    dues,
    entered_lines,
    facts_known,
    newest_fact,
    plan_rows,
    standing,
    statements,
)
from vendorops.working.earning.entered import Of


@dataclass(frozen=True)
class _Wanted:
    """What a stretch comes to for one contract and kind of line."""

    due_minor: int
    statement: Statement | None
    """None where the facts that made the stretch were withdrawn."""


def close(books: Books, contract: Contract) -> Step:
    """Enter a line wherever the calculation comes to something else than when it was entered.

    What somebody has still to decide about is left until he has. Raises what entering a sheet
    raises; then nothing of the contract was entered.
    """
    log.lock(books.session)  # No fact may be reported between reading them and saying so.
    newest, count = newest_fact(books, contract)
    wanted, entered = _wanted(books, contract), entered_lines(books, contract)
    lines, left_out = [], False
    for of in sorted({*wanted, *entered}):
        due, before = wanted.get(of, _Wanted(0, None)), entered.get(of, [])
        if due.due_minor == (before[-1].due_minor if before else 0):
            continue
        stands = standing(books, before)
        if stands.undecided:
            left_out = True
        elif due.due_minor != stands.standing_minor:
            line = _line(books, of, due, before)
            line.net_minor = due.due_minor - stands.standing_minor
            line.contract_ended_on = contract.ends_on
            line.newest_fact_id = newest.id if newest else None
            lines.append(books.enter(line))
    _enter(books, contract, lines, newest.reported_by if newest else "")
    if left_out:
        return Step.WAITING
    for row in plan_rows(books, contract):
        row.closed_through = max(row.closed_through, (books.as_of - DAY).isoformat())
        row.counted_sheets = count
    books.session.flush()
    return Step.DONE


def _wanted(books: Books, contract: Contract) -> dict[Of, _Wanted]:
    """Return what is due by all that is known now."""
    terms = {row.reference: row.id for row in plan_rows(books, contract)}
    known = facts_known(books, contract)
    found: dict[Of, _Wanted] = {}
    for statement in statements(books, contract, known, books.as_of):
        for due in dues(statement):
            to = books.named(Contract, due.to) if due.to else contract
            of = (terms[statement.agreed.reference], to.id, statement.stretch.label, due.kind)
            found[of] = _Wanted(due.minor, statement)
    return found


def _line(books: Books, of: Of, due: _Wanted, before: Sequence[EarnedLine]) -> EarnedLine:
    """Return the next line of a stretch, without its amount."""
    if due.statement:
        stretch, told = due.statement.stretch, calculation(due.statement)
        starts, ends = stretch.start, stretch.last_day
    else:
        told = {"withdrawn": of[2]}
        starts, ends = before[-1].starts_on, before[-1].ends_on
    return EarnedLine(
        id=books.key(),
        reference=books.reference("EAR"),
        agreed_term_id=of[0],
        contract_id=of[1],
        stretch=of[2],
        starts_on=starts,
        ends_on=ends,
        kind=of[3],
        number=len(before) + 1,
        entered_on=books.as_of,
        due_minor=due.due_minor,
        calculation=canonical(told).decode(),
    )


def _enter(
    books: Books, contract: Contract, lines: Sequence[EarnedLine], reported_by: str
) -> None:
    """Put what is to be paid on sheets of its contract and month, and raise memos for the rest."""
    sheets: defaultdict[tuple[int, str], list[EarnedLine]] = defaultdict(list)
    proposers = {row.id: row.proposed_by for row in plan_rows(books, contract)}
    for line in lines:
        reporter = reported_by or proposers[line.agreed_term_id]
        if _pays(line):
            sheets[line.contract_id, Period.month_of(line.ends_on).label].append(line)
        else:
            enter_memo(books, line, reporter)
    for (ident, month), of in sorted(sheets.items(), key=itemgetter(0)):
        reporter = reported_by or proposers[of[0].agreed_term_id]
        enter_work(books, books.get(Contract, ident), month, of, reporter)


def _pays(line: EarnedLine) -> bool:
    """Tell whether a line becomes work: more was earned; all else goes by memo."""
    return line.net_minor > 0 and line.kind == "earned"
