"""Opens cost centres and says who bears which share of a contract or an order, from a day on."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, log, name_of
from vendorops.domain.costing import check_whole
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, CostCentre, CostSplit, LegalEntity, Settlement, WorkOrder

CODE = re.compile(r"[\w.-]{1,40}")
Subject = Contract | WorkOrder
Shares = Sequence[tuple[str, int]]
"""Centres by their codes, with millionths that sum to the whole."""


class NotSplittable(Refused):
    """The costs cannot be shared so."""


def open_centre(books: Books, entity: LegalEntity, code: str, name: str) -> CostCentre:
    """Open a cost centre from today on; the same code again is the same centre."""
    if not CODE.fullmatch(code):
        raise NotSplittable(
            f"{code[:40]!r} is no code: write letters, figures, dots and hyphens, forty at most"
        )
    log.lock(books.session)
    known = books.session.exec(select(CostCentre).where(col(CostCentre.code) == code)).first()
    if known and (known.name, known.legal_entity_id) != (name, entity.id):
        raise NotSplittable(f"there is a cost centre {code!r} already, {known.name}; take another")
    return known or books.enter(
        CostCentre(
            id=books.key(),
            code=code,
            name=name,
            legal_entity_id=entity.id,
            opened_on=books.as_of,
            opened_by=books.actor,
        ),
        because=f"{code}, {name}",
    )


def split(
    books: Books, subject: Subject, shares: Mapping[str, int], since: date, because: str
) -> list[CostSplit]:
    """Enter who bears which millionths of a contract or an order from a day on.

    Refused where the shares are not exactly the whole, a centre is not open then, shares of that
    day or a later one are there, or the day lies in a month whose costs were laid already.
    """
    log.lock(books.session)
    check_whole(list(shares.values()))
    entered = _entered(books, subject)
    _refuse_past(books, subject, entered, since)
    centres = {code: _centre(books, code, since) for code in shares}
    return [
        books.enter(
            CostSplit(
                id=books.key(),
                subject_table=type(subject).__name__.lower(),
                subject_id=subject.id,
                cost_centre_id=centres[code].id,
                share_e6=share,
                valid_from=since,
                entered_by=books.actor,
                because=because,
            ),
            because=because,
        )
        for code, share in sorted(shares.items())
    ]


def _entered(books: Books, subject: Subject) -> list[CostSplit]:
    query = select(CostSplit).where(
        col(CostSplit.subject_table) == type(subject).__name__.lower(),
        col(CostSplit.subject_id) == subject.id,
    )
    return list(books.session.exec(query.order_by(col(CostSplit.valid_from))))


def _refuse_past(
    books: Books, subject: Subject, entered: Sequence[CostSplit], since: date
) -> None:
    if not entered:
        return
    last = entered[-1].valid_from
    if since <= last:
        raise NotSplittable(
            f"{name_of(subject)} is shared from {last} on; say who bears it from a later day"
        )
    contract = subject.id if isinstance(subject, Contract) else subject.contract_id
    query = select(Settlement.reference).where(
        col(Settlement.contract_id) == contract,
        col(Settlement.status) == SettlementStatus.SEALED,
        col(Settlement.month) >= f"{since:%Y-%m}",
    )
    sealed = books.session.exec(query).first()
    if sealed:
        raise NotSplittable(
            f"{sealed} was laid to its cost centres already; share {name_of(subject)} anew from a"
            " later month on"
        )


def _centre(books: Books, code: str, day: date) -> CostCentre:
    centre = books.session.exec(select(CostCentre).where(col(CostCentre.code) == code)).first()
    if centre is None or (centre.closed_on and centre.closed_on <= day):
        raise NotSplittable(f"no cost centre {code!r} is open on {day}; open it first")
    return centre


@dataclass(frozen=True)
class Splits:
    """Everybody's shares of everything, read once."""

    entries: Mapping[tuple[str, int], Mapping[date, Shares]] = field(default_factory=dict)

    def on(self, day: date, contract: int, order: int | None = None) -> Shares:
        """Return who bears work of a day: the order's shares, else the contract's, else none."""
        for of in (("workorder", order or 0), ("contract", contract)):
            dated = self.entries.get(of, {})
            begun = max((since for since in dated if since <= day), default=None)
            if begun:
                return dated[begun]
        return ()


def splits(books: Books) -> Splits:
    """Read all shares."""
    query = select(CostSplit, CostCentre.code).join(
        CostCentre, col(CostCentre.id) == col(CostSplit.cost_centre_id)
    )
    found: defaultdict[tuple[str, int], defaultdict[date, list[tuple[str, int]]]]
    found = defaultdict(lambda: defaultdict(list))
    for row, code in books.session.exec(query.order_by(col(CostCentre.code))):
        found[row.subject_table, row.subject_id][row.valid_from].append((code, row.share_e6))
    return Splits(found)
