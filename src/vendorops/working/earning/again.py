"""Calculates entered earnings again, from what was known when they were entered."""

from collections.abc import Iterable, Iterator

from vendorops.books import Books
from vendorops.domain.earnings import Statement, chained
from vendorops.tables import AgreedTerm, Contract, EarnedLine, EarningFact
from vendorops.working.earning.facts import facts_through, reported_rows
from vendorops.working.earning.in_force import agreed_plans
from vendorops.working.earning.told import dues


def calculated_again(
    books: Books, lines: Iterable[EarnedLine]
) -> Iterator[tuple[EarnedLine, int, Statement | None]]:
    """Yield each line with what is due by the calculation done again, and the statement.

    There is no statement where the facts that made its stretch had been withdrawn: nothing is due.
    Lines of one moment are calculated together where they follow each other, as their keys do.
    """
    known: dict[tuple[str, str], Statement] = {}
    last: tuple[object, ...] = ()
    rows: dict[int, list[EarningFact]] = {}
    for line in lines:
        row = books.get(AgreedTerm, line.agreed_term_id)
        contract = books.get(Contract, row.contract_id)
        moment = (contract.id, line.newest_fact_id, line.entered_on, line.contract_ended_on)
        if moment != last:
            if contract.id not in rows:
                rows[contract.id] = reported_rows(books, contract)
            facts = facts_through(rows[contract.id], line.newest_fact_id or 0)
            plans = agreed_plans(books, contract, line.contract_ended_on)
            found = chained(plans, facts, line.entered_on)
            known = {(each.agreed.reference, each.stretch.label): each for each in found}
            last = moment
        statement = known.get((row.reference, line.stretch))
        to = books.get(Contract, line.contract_id).reference
        mine = "" if line.contract_id == contract.id else to
        wanted = list(dues(statement)) if statement else []
        due = sum(each.minor for each in wanted if (each.to, each.kind) == (mine, line.kind))
        yield line, due, statement
