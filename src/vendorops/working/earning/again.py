"""Calculates entered earnings again, from what was known when they were entered."""

from collections.abc import Iterable, Iterator

from vendorops.books import Books
from vendorops.domain.earnings import Statement
from vendorops.tables import AgreedTerm, Contract, EarnedLine
from vendorops.working.earning.facts import facts_known
from vendorops.working.earning.in_force import statements
from vendorops.working.earning.told import dues


def calculated_again(
    books: Books, lines: Iterable[EarnedLine]
) -> Iterator[tuple[EarnedLine, int, Statement | None]]:
    """Yield each line with what is due by the calculation done again, and the statement.

    There is no statement where the facts that made its stretch had been withdrawn: nothing is due.
    """
    known: dict[object, dict[tuple[str, str], Statement]] = {}
    for line in lines:
        row = books.get(AgreedTerm, line.agreed_term_id)
        contract = books.get(Contract, row.contract_id)
        moment = (contract.id, line.newest_fact_id, line.entered_on)
        if moment not in known:
            facts = facts_known(books, contract, line.newest_fact_id or 0)
            found = statements(books, contract, facts, line.entered_on)
            known[moment] = {(each.agreed.reference, each.stretch.label): each for each in found}
        statement = known[moment].get((row.reference, line.stretch))
        to = books.get(Contract, line.contract_id).reference
        mine = "" if line.contract_id == contract.id else to
        wanted = list(dues(statement)) if statement else []
        due = sum(each.minor for each in wanted if (each.to, each.kind) == (mine, line.kind))
        yield line, due, statement
