"""Enters the lines of a contract's stretches: work where more is due, credit memos where less."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vendorops.books import Books, canonical, log
from vendorops.domain.earnings import Statement
from vendorops.domain.periods import DAY, Period
from vendorops.stages import Step
from vendorops.stages.earnings.entering import enter_memo, enter_work
from vendorops.tables import Contract, EarnedLine
from vendorops.working.earning import (
    Entered,
    calculation,
    dues,
    entered_lines,
    facts_known,
    newest_fact,
    plan_rows,
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
        due, before = wanted.get(of, _Wanted(0, None)), entered.get(of)
        if before and before.last_due_minor == due.due_minor:
            continue
        if before and before.undecided:
            left_out = True
            continue
        line = _line(books, of, due, before)
        if line:
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


def _line(books: Books, of: Of, due: _Wanted, before: Entered | None) -> EarnedLine | None:
    """Return the next line of a stretch, or None where what stands is what is due."""
    net = due.due_minor - (before.standing_minor if before else 0)
    if net == 0:
        return None
    last = before.lines[-1] if before else None
    stretch = due.statement.stretch if due.statement else None
    if stretch is None and last is None:
        raise ValueError(f"nothing is known of {of[2]}")  # Neither due nor entered.
    starts, ends = (
        (stretch.start, stretch.last_day) if stretch else (last.starts_on, last.ends_on)  # type: ignore[union-attr]  # one of them there is.
    )
    told = calculation(due.statement) if due.statement else {"withdrawn": of[2]}
    return EarnedLine(
        id=books.key(),
        reference=books.reference("EAR"),
        agreed_term_id=of[0],
        contract_id=of[1],
        stretch=of[2],
        starts_on=starts,
        ends_on=ends,
        kind=of[3],
        number=len(before.lines) + 1 if before else 1,
        entered_on=books.as_of,
        due_minor=due.due_minor,
        net_minor=net,
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
    for (ident, month), of in _ordered(sheets):
        reporter = reported_by or proposers[of[0].agreed_term_id]
        enter_work(books, books.get(Contract, ident), month, of, reporter)


def _ordered(
    sheets: defaultdict[tuple[int, str], list[EarnedLine]],
) -> Iterator[tuple[tuple[int, str], list[EarnedLine]]]:
    for key in sorted(sheets):
        yield key, sheets[key]


def _pays(line: EarnedLine) -> bool:
    """Tell whether a line is to be paid: more was earned, or less is taken off."""
    return (line.net_minor > 0) == (line.kind == "earned")
