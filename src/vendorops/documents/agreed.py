"""What holds under a contract on a day: its facts, as later revisions changed them.

Every stage that needs to know what was agreed asks here, and so does the text: they cannot differ.
"""

from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.facts_json import facts_of
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import AmendmentStatus
from vendorops.programs import program
from vendorops.tables import Amendment, Contract, ContractTerm

_AMENDED = (  # Written once: every step that needs to know what was agreed asks it.
    select(Amendment)
    .where(
        col(Amendment.contract_id) == bindparam("contract"),
        col(Amendment.status) == AmendmentStatus.EFFECTIVE,
    )
    .order_by(col(Amendment.number))
)


def revisions(
    books: Books, contract: Contract, known_on: date | None = None
) -> Dated[ContractFacts]:
    """Return the facts of a contract by the day from which they hold, amendments among them.

    `known_on` leaves out what came into effect after that day.
    """
    found = {date.min: facts_of(contract.facts)}
    for row in books.session.exec(_AMENDED, params={"contract": contract.id}):
        if known_on is None or (row.effective_on and row.effective_on <= known_on):
            found[row.valid_from] = facts_of(row.facts)
    return Dated(f"the facts of {contract.reference}", found)


def contract_facts(books: Books, contract: Contract, day: date) -> ContractFacts:
    """Return what holds on a day: the newest amendment in effect from then, or the contract."""
    return revisions(books, contract).on(day)


def enter_rates(books: Books, contract: Contract, facts: ContractFacts) -> None:
    """Enter the prices and shares that are not rows yet, for whoever asks the database."""
    query = select(ContractTerm).where(col(ContractTerm.contract_id) == contract.id)
    known = {(term.code, term.valid_from) for term in books.session.exec(query)}
    for rate in facts.rates:
        term = program(contract.program).term(rate.code)
        if (rate.code, rate.valid_from) not in known:
            books.enter(
                ContractTerm(
                    id=books.key(),
                    contract_id=contract.id,
                    code=rate.code,
                    kind=term.kind,
                    unit=term.unit,
                    description=rate.description,
                    value_e6=rate.value_e6,
                    valid_from=rate.valid_from,
                )
            )
