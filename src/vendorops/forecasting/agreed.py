"""Reads at once how long each contract of a company gives for paying, on any day."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.documents import facts_of
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import AmendmentStatus
from vendorops.tables import Amendment, Contract, LegalEntity

DaysToPay = Callable[[int, str, date], int]
"""A contract, the hash of its facts, and a day; answers with the days of its payment term."""


def days_to_pay(books: Books, entity: LegalEntity) -> DaysToPay:
    """Return what tells the payment term of the company's contracts, as `contract_facts` does.

    Facts that many contracts share are read once, and amendments in one query.
    """
    shared = _by_facts(books, entity)
    amended = _by_amendment(books, entity)

    def told(contract: int, facts_sha256: str, day: date) -> int:
        first = shared[facts_sha256]
        later = amended.get(contract)
        return Dated("payment", {date.min: first, **later}).on(day) if later else first

    return told


def _by_facts(books: Books, entity: LegalEntity) -> dict[str, int]:
    """Return the days of each text of facts, by its hash."""
    query = (
        select(col(Contract.facts_sha256), func.min(col(Contract.facts)))
        .where(col(Contract.legal_entity_id) == entity.id)
        .group_by(col(Contract.facts_sha256))
    )
    rows = books.session.execute(query)
    return {sha256: facts_of(facts).payment.days for sha256, facts in rows}


def _by_amendment(books: Books, entity: LegalEntity) -> dict[int, dict[date, int]]:
    """Return the days that amendments in effect brought, by contract and first day."""
    query = (
        select(col(Amendment.contract_id), col(Amendment.valid_from), col(Amendment.facts))
        .join(Contract, col(Contract.id) == col(Amendment.contract_id))
        .where(
            col(Contract.legal_entity_id) == entity.id,
            col(Amendment.status) == AmendmentStatus.EFFECTIVE,
        )
        .order_by(col(Amendment.number))
    )
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for contract, first, facts in books.session.execute(query):
        found[contract][first] = facts_of(facts).payment.days
    return found
