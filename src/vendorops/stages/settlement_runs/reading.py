"""Reads by column what can be settled at once: claims that are plain in every respect.

Plain is a claim of a resident person, explained whole by accepted work in one sealed month, under
a contract that nothing changed and nothing is taken off. Whatever is not plain is left to the
settlement of its contract alone, which says why it waits.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np

from vendorops.books import Books
from vendorops.paying.open_claims import asked_of
from vendorops.stages.settlement_runs.claims import Claimed, claims
from vendorops.stages.settlement_runs.columns import (
    Contracts,
    Flags,
    Law,
    Lines,
    Payees,
    Whole,
    texts,
    whole,
)
from vendorops.tables import LegalEntity

AT_ONCE = 10_000
"""Rows that are objects of Python at one time, of those that are streamed."""
BY_LINE = itemgetter(*map(Claimed._fields.index, ("contract_id", "invoice", "line")))
"""In what order lines are settled: by contract, invoice and line."""


@dataclass
class Reading:
    """Reads payees by the ten thousand; `laws` are those met so far, by their numbers."""

    books: Books
    entity: LegalEntity
    laws: dict[Law, int] = field(default_factory=dict)
    _days: dict[str, int] = field(default_factory=dict)

    def payees(self, after: int) -> Generator[Payees]:
        """Yield the contracts that can be settled at once, by their keys, from after one."""
        query = claims(self.books, self.entity, after).execution_options(yield_per=AT_ONCE)
        connection = self.books.session.connection()
        with connection.execute(query, asked_of(self.books)) as rows:
            for some in _whole_contracts(rows.partitions()):
                yield self._plain(Claimed(*zip(*some, strict=True)))

    def _plain(self, claimed: Claimed) -> Payees:
        """Return what contracts are owed all whose claims are plain."""
        contract = whole(claimed.contract_id)
        starts = np.flatnonzero(np.diff(contract, prepend=-1))
        read = self._read(claimed, starts)
        plain = np.logical_and.reduceat(_are_plain(claimed), starts)
        of, room = read.contracts, whole(claimed.room_minor)[starts]
        plain &= (of.net > 0) & (of.net <= room)
        return read.some(plain)

    def _read(self, claimed: Claimed, starts: Whole) -> Payees:
        lines = Lines(
            invoice=texts(claimed.invoice),
            line=whole(claimed.line),
            line_id=whole(claimed.line_id),
            attempts=whole(claimed.attempts),
            net=whole(claimed.net_minor),
            tax=whole(claimed.tax_minor),
        )
        count = np.diff(starts, append=len(lines.net))
        explained = whole(claimed.reconciliation_id)
        newest = _newest(explained, starts, count)
        contracts = Contracts(
            contract_id=whole(claimed.contract_id)[starts],
            contract=texts(claimed.contract)[starts],
            supplier_id=whole(claimed.supplier_id)[starts],
            supplier=texts(claimed.supplier)[starts],
            party_id=whole(claimed.party_id)[starts],
            law=self._laws(claimed)[starts],
            version=whole(claimed.version)[starts],
            received=np.minimum.reduceat(self._ordinals(claimed.received_on), starts),
            net=np.add.reduceat(lines.net, starts),
            tax=np.add.reduceat(lines.tax, starts),
            reconciliation_id=explained[newest],
            reconciliation=texts(claimed.reconciliation)[newest],
            count=count,
        )
        return Payees(contracts, lines)

    def _laws(self, claimed: Claimed) -> Whole:
        said = (claimed.program, claimed.place, claimed.currency, claimed.scheme)
        keys = [*zip(*said, claimed.facts_sha256, strict=True)]
        for key in dict.fromkeys(keys):
            self.laws.setdefault(Law(*key), len(self.laws))
        numbers: Mapping[Any, int] = self.laws  # A law is equal to the plain tuple.
        return whole([*map(numbers.__getitem__, keys)])

    def _ordinals(self, days: Sequence[str]) -> Whole:
        for day in set(days).difference(self._days):
            self._days[day] = date.fromisoformat(day).toordinal()
        return whole([*map(self._days.__getitem__, days)])


def _whole_contracts(pieces: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield rows in order, so that those of one contract are never apart."""
    held: list[Any] = []
    for piece in pieces:
        some = [*held, *piece]
        last, cut = some[-1][0], len(some)
        while cut and some[cut - 1][0] == last:
            cut -= 1
        held = some[cut:]
        if cut:
            yield sorted(some[:cut], key=BY_LINE)
    if held:
        yield sorted(held, key=BY_LINE)


def _are_plain(claimed: Claimed) -> Flags:
    """Tell of each line whether it is plain: explained whole, and of its tax nothing to share.

    A line that several pieces of work explain comes several times, one after the other.
    """
    tax, rate, ident = map(whole, (claimed.tax_minor, claimed.rate_e4, claimed.line_id))
    plain: Flags = whole(claimed.plain) == 1
    plain &= whole(claimed.explained_minor) == whole(claimed.net_minor)
    invoice = texts(claimed.invoice)
    beside = invoice[1:] == invoice[:-1]  # A claim of several lines must be without tax.
    shares = (tax[1:] != 0) | (rate[1:] != 0) | (rate[:-1] != 0) | (ident[1:] == ident[:-1])
    plain[1:] &= ~(beside.astype(bool) & shares)
    return plain


def _newest(explained: Whole, starts: Whole, count: Whole) -> Whole:
    """Return where the newest reconciliation of each contract stands."""
    newest = np.repeat(np.maximum.reduceat(explained, starts), count)
    found = np.flatnonzero(explained == newest)
    first: Whole = found[np.searchsorted(found, starts)]
    return first
