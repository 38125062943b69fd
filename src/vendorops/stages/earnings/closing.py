"""Enters the lines of a contract's stretches: work where more is due, credit memos where less."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from vendorops.books import Books, canonical, log
from vendorops.books.parts import part
from vendorops.domain.earnings import Statement
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.stages.earnings.entering import Done, enter_memo, enter_work
from vendorops.tables import Contract, EarnedLine, EarningFact
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


@dataclass(frozen=True)
class _Owed:
    """A line that is still to be entered."""

    of: Of
    wanted: _Wanted
    before: Sequence[EarnedLine]
    net_minor: int


def close(books: Books, contract: Contract) -> Step:
    """Enter a line wherever the calculation comes to something else than when it was entered.

    What somebody has still to decide about is left until he has. Raises what entering a sheet
    raises; then nothing was entered. A broker that is refused keeps nobody else from his part:
    what is refused of it is raised once there is nothing else to enter.
    """
    log.lock(books.session)  # No fact may be reported between reading them and saying so.
    newest, count = newest_fact(books, contract)
    owed, left_out = _owed(books, contract)
    refusals = _entered(books, contract, newest, owed)
    if refusals and len(refusals) == len(owed):
        raise refusals[0]
    if refusals:
        return Step.AGAIN
    if left_out:
        return Step.WAITING
    for row in plan_rows(books, contract):
        row.closed_through = max(row.closed_through, (books.as_of - DAY).isoformat())
        row.counted_sheets = count
    books.session.flush()
    return Step.DONE


def _owed(books: Books, contract: Contract) -> tuple[dict[int, list[_Owed]], bool]:
    """Return what is to be entered by the contract it is for, and whether more waits."""
    wanted, entered = _wanted(books, contract), entered_lines(books, contract)
    owed: defaultdict[int, list[_Owed]] = defaultdict(list)
    left_out = False
    for of in sorted({*wanted, *entered}):
        due, before = wanted.get(of, _Wanted(0, None)), entered.get(of, [])
        if due.due_minor == (before[-1].due_minor if before else 0):
            continue
        stands = standing(books, before)
        if stands.undecided:
            left_out = True
        elif due.due_minor != stands.standing_minor:
            net = due.due_minor - stands.standing_minor
            owed[of[1]].append(_Owed(of, due, before, net))
    return owed, left_out


def _entered(
    books: Books,
    contract: Contract,
    newest: EarningFact | None,
    owed: Mapping[int, Sequence[_Owed]],
) -> list[Refused]:
    """Enter what is owed, the own part first; return why brokers were refused theirs."""
    refusals = []
    for ident in sorted(owed, key=lambda ident: (ident != contract.id, ident)):
        try:
            with part(books):
                found = [(_line(books, each), each) for each in owed[ident]]
                for line, _ in found:
                    line.contract_ended_on = contract.ends_on
                    line.newest_fact_id = newest.id if newest else None
                    books.enter(line)
                _enter(books, contract, found, newest.reported_by if newest else "")
        except Refused as refusal:
            if ident == contract.id:
                raise
            refusals.append(refusal)
    return refusals


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


def _line(books: Books, owed: _Owed) -> EarnedLine:
    """Return the next line of a stretch."""
    of, due, before = owed.of, owed.wanted, owed.before
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
        net_minor=owed.net_minor,
        calculation=canonical(told).decode(),
    )


def _enter(
    books: Books,
    contract: Contract,
    found: Sequence[tuple[EarnedLine, _Owed]],
    reported_by: str,
) -> None:
    """Put what is to be paid on sheets of its contract and month, and raise memos for the rest."""
    sheets: defaultdict[tuple[int, str], list[Done]] = defaultdict(list)
    proposers = {row.id: row.proposed_by for row in plan_rows(books, contract)}
    for line, owed in found:
        statement = owed.wanted.statement
        if _pays(line):
            day = statement.done_on if statement else line.ends_on
            sheets[line.contract_id, Period.month_of(day).label].append(Done(line, day))
        else:
            enter_memo(books, line, reported_by or proposers[line.agreed_term_id])
    for (ident, month), of in sorted(sheets.items(), key=itemgetter(0)):
        reporter = reported_by or proposers[of[0].line.agreed_term_id]
        enter_work(books, books.get(Contract, ident), month, of, reporter)


def _pays(line: EarnedLine) -> bool:
    """Tell whether a line becomes work: more was earned; all else goes by memo."""
    return line.net_minor > 0 and line.kind == "earned"
