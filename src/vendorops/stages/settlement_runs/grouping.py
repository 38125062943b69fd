"""Gathers the payees of one payer who are paid on one day under one law, as many as one run takes.

How many there must be at least is a matter of work, not of law: a handful is approved one by one,
with everything each of them rests on before the approver's eyes.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.facts_json import facts_of
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.paying.payment_day import payment_day
from vendorops.paying.rejections import is_of
from vendorops.stages.settlement_runs.columns import Payees, Whole, whole
from vendorops.stages.settlement_runs.reading import Reading
from vendorops.tables import Contract, LegalEntity, RowBlock, Settlement, SettlementRun

LEAST, MOST = 200, 100_000
"""Payees of one run."""


class Together(NamedTuple):
    """What makes payees belong together: law, and day of payment."""

    program: str
    place: str
    currency: str
    scheme: str
    shows_tax: bool
    """Whether the claims show tax of their own."""
    day: date


class Group(NamedTuple):
    """Payees who belong together, and by when each is to be paid."""

    together: Together
    payees: Payees
    due_on: Whole
    """Ordinal of the last day on which the contract lets the first of the claims be paid."""


def large_groups(
    books: Books, entity: LegalEntity, refused: list[SettlementRun]
) -> Iterator[Group]:
    """Yield the groups that can be settled at once, the largest first.

    Left out is who was in one of the runs that are refused.
    """
    reading, terms = Reading(books, entity), dict[int, PaymentTerm]()
    left_out = _contracts_of(books, refused)
    pieces = [*_as_many_as_one_run_takes(reading, left_out, terms)]
    if not sum(map(len, pieces)):
        return
    payees = Payees.joined(pieces)
    law = payees.contracts.law
    due_on = payees.contracts.received + _days(terms)[law]
    shows_tax = payees.contracts.tax > 0
    keys = [*zip(law.tolist(), shows_tax.tolist(), due_on.tolist(), strict=True)]
    met = {key: _together(reading, *key) for key in dict.fromkeys(keys)}
    numbers = {together: number for number, together in enumerate(dict.fromkeys(met.values()))}
    group = whole([*map({key: numbers[of] for key, of in met.items()}.__getitem__, keys)])
    sizes = np.bincount(group)
    for number in np.argsort(-sizes, kind="stable").tolist():
        if sizes[number] < LEAST:
            return
        chosen = group == number
        yield Group([*numbers][number], payees.some(chosen), due_on[chosen])


def _contracts_of(books: Books, runs: list[SettlementRun]) -> Whole:
    """Return the keys of the contracts that were settled in some runs."""
    if not runs:
        return whole([])
    return whole(books.session.exec(select(Contract.id).where(is_of(books, runs))).all())


def _together(reading: Reading, law: int, shows_tax: bool, due_on: int) -> Together:  # noqa: FBT001 - a part of a key.
    said = [*reading.laws][law]
    day = payment_day(reading.books, reading.entity, date.fromordinal(due_on))
    return Together(said.program, said.place, said.currency, said.scheme, shows_tax, day)


def _as_many_as_one_run_takes(
    reading: Reading, left_out: Whole, terms: dict[int, PaymentTerm]
) -> Iterator[Payees]:
    """Yield payees, and note the terms of their contracts.

    Contracts with a discount for prompt payment are left out too.
    """
    room, after = MOST, _last_of_today(reading.books, reading.entity)
    with closing(reading.payees(after)) as pieces:
        for piece in pieces:
            laws, first = np.unique(piece.contracts.law, return_index=True)
            for law, at in zip(laws.tolist(), first.tolist(), strict=True):
                if law not in terms:
                    contract = reading.books.get(Contract, int(piece.contracts.contract_id[at]))
                    terms[law] = facts_of(contract.facts).payment
            prompt = [law for law, term in terms.items() if term.prompt_days]
            kept = ~np.isin(piece.contracts.law, prompt)
            kept &= ~np.isin(piece.contracts.contract_id, left_out)
            kept &= np.cumsum(kept) <= room
            room -= int(kept.sum())
            yield piece.some(kept)
            if not room:
                return


def _days(terms: dict[int, PaymentTerm]) -> Whole:
    """Return within how many days each law lets claims be paid."""
    days = np.zeros(max(terms) + 1, np.int64)
    for law, term in terms.items():
        days[law] = term.days
    return days


def _last_of_today(books: Books, entity: LegalEntity) -> int:
    """Return up to which contract a whole run of today went: the next one begins behind it.

    Not where it was rejected: its people may be calculated anew.
    """
    query = select(SettlementRun).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.month) == books.month.label,
        col(SettlementRun.as_of) == books.as_of,
        col(SettlementRun.settlement_block_id).is_not(None),
        col(SettlementRun.status) != SettlementStatus.REJECTED,
    )
    newest = books.session.exec(query.order_by(col(SettlementRun.id).desc())).first()
    if newest is None or newest.settlement_block_id is None or newest.count < MOST // 2:
        return 0
    block = books.get(RowBlock, newest.settlement_block_id)
    return books.get(Settlement, block.first_id + block.count - 1).contract_id
