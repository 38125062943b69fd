"""What contracts are owed, by column: payees by the keys of their contracts, and their lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]


class Law(NamedTuple):
    """What of a contract and its payee decides how the claims are taxed and when they are paid."""

    program: str
    place: str
    currency: str
    scheme: str
    facts_sha256: str


@dataclass(frozen=True)
class _Columns:
    """Columns of equal length."""

    def at(self, chosen: Whole | Flags) -> Self:
        """Return the rows at some positions."""
        columns = {each.name: getattr(self, each.name)[chosen] for each in fields(self)}
        return replace(self, **columns)

    @classmethod
    def joined(cls, several: Sequence[Self]) -> Self:
        """Return the rows of several one after the other."""
        return cls(
            *(np.concatenate([getattr(one, each.name) for one in several]) for each in fields(cls))
        )


@dataclass(frozen=True)
class Lines(_Columns):
    """Lines of claims; those of a contract lie together."""

    invoice: Texts
    line: Whole
    line_id: Whole
    attempts: Whole
    """How often each was settled before."""
    net: Whole
    tax: Whole


@dataclass(frozen=True)
class Contracts(_Columns):
    """Contracts that are owed something; sums are of their lines."""

    contract_id: Whole
    contract: Texts
    supplier_id: Whole
    supplier: Texts
    party_id: Whole
    law: Whole
    """Which of the laws it is under."""
    version: Whole
    """Of its last settlement of the month; 0 for none."""
    received: Whole
    """Ordinal of the day on which the first of its claims was received."""
    net: Whole
    tax: Whole
    reconciliation_id: Whole
    """The newest that explained a line."""
    reconciliation: Texts
    count: Whole
    """How many lines it has."""


@dataclass(frozen=True)
class Payees:
    """Contracts in the order of their keys, with their lines."""

    contracts: Contracts
    lines: Lines

    def __len__(self) -> int:
        return len(self.contracts.net)

    def some(self, chosen: Flags) -> "Payees":
        """Return those that are chosen, in the same order."""
        if chosen.all():
            return self
        lines = self.lines.at(np.repeat(chosen, self.contracts.count))
        return Payees(self.contracts.at(chosen), lines)

    @staticmethod
    def joined(several: Sequence["Payees"]) -> "Payees":
        """Return the payees of several, one after the other."""
        contracts = Contracts.joined([each.contracts for each in several])
        return Payees(contracts, Lines.joined([each.lines for each in several]))


def whole(values: Sequence[Any]) -> Whole:
    """Return a column of whole numbers."""
    return np.fromiter(values, np.int64, len(values))


def texts(values: Iterable[Any]) -> Texts:
    """Return a column of texts."""
    listed = [*values]
    return np.fromiter(listed, np.object_, len(listed))
