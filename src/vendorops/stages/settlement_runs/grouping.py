"""Gathers the payees of one payer who are paid on one day under one law, as many as one run takes.

How many there must be at least is a matter of work, not of law: a handful is approved one by one,
with everything each of them rests on before the approver's eyes.
"""

from collections import defaultdict
from collections.abc import Generator
from contextlib import closing
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.facts_json import facts_of
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.paying.payment_day import payment_day
from vendorops.stages.settlement_runs.reading import Payee, payees
from vendorops.tables import Contract, LegalEntity, RowBlock, Settlement, SettlementRun

LEAST, MOST = 200, 100_000
"""Payees of one run."""


class Due(NamedTuple):
    """What a contract is owed, and the last day on which the contract lets it be paid."""

    payee: Payee
    on: date


class Together(NamedTuple):
    """What makes payees belong together: law, and day of payment."""

    program: str
    place: str
    currency: str
    scheme: str
    shows_tax: bool
    """Whether the claims show tax of their own."""
    day: date


def largest_group(books: Books, entity: LegalEntity) -> tuple[Together, list[Due]] | None:
    """Return the largest group that can be settled at once; None where none is large enough."""
    groups = _groups(books, entity, _last_of_today(books, entity))
    together = max(groups, key=lambda each: len(groups[each]), default=None)
    if together is None or len(groups[together]) < LEAST:
        return None
    return together, groups[together]


def _groups(books: Books, entity: LegalEntity, after: int) -> dict[Together, list[Due]]:
    """Return payees by what they have in common, until there are as many as one run takes."""
    terms: dict[str, PaymentTerm] = {}
    days: dict[date, date] = {}
    found: defaultdict[tuple[object, ...], list[Due]] = defaultdict(list)
    count = 0
    with closing(_dues(books, entity, after, terms)) as owed:
        for due in owed:
            if due.on not in days:
                days[due.on] = payment_day(books, entity, due.on)
            first = due.payee.first
            law = (first.program, first.place, first.currency, first.scheme)
            shows = any(due.payee.taxes) and sum(due.payee.taxes) > 0
            found[(*law, shows, days[due.on])].append(due)
            count += 1
            if count == MOST:
                break
    return {Together._make(key): some for key, some in found.items()}


def _dues(
    books: Books, entity: LegalEntity, after: int, terms: dict[str, PaymentTerm]
) -> Generator[Due]:
    """Yield what is owed by when; contracts with a discount for prompt payment are left out."""
    with closing(payees(books, entity, after)) as some:
        for payee in some:
            first = payee.first
            term = terms.get(first.facts_sha256)
            if term is None:
                facts = books.get(Contract, first.contract_id).facts
                term = terms[first.facts_sha256] = facts_of(facts).payment
            if not term.prompt_days:
                received = [each.received_on for each in payee.lines]
                yield Due(payee, min(received) + timedelta(days=term.days))


def _last_of_today(books: Books, entity: LegalEntity) -> int:
    """Return up to which contract a whole run of today went: the next one begins behind it."""
    query = select(SettlementRun).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.month) == books.month.label,
        col(SettlementRun.as_of) == books.as_of,
        col(SettlementRun.settlement_block_id).is_not(None),
    )
    newest = books.session.exec(query.order_by(col(SettlementRun.id).desc())).first()
    if newest is None or newest.settlement_block_id is None or newest.count < MOST // 2:
        return 0
    block = books.get(RowBlock, newest.settlement_block_id)
    return books.get(Settlement, block.first_id + block.count - 1).contract_id
