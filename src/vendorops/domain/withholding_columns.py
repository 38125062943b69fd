"""Columns of payments and of the tax kept back from them, for bulk runs on integers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.payment_kinds import PayerKind

Column = NDArray[np.int64]
"""Amounts in minor units, one per payment."""


@dataclass(frozen=True)
class YearColumns:
    """What was paid in the earlier months of the year: a row per payee, a column per month.

    The first column is January, the last the month before; nothing stands for a month not paid.
    """

    income: Column
    withheld: Column


@dataclass(frozen=True)
class PaymentColumns:
    """Many payments to which one tax applies, on one day: one row per payee and item."""

    payer: PayerKind
    currency: str
    earlier_income: Column
    earlier_withheld: Column
    payment: Column
    registered_platform: bool = False
    year: YearColumns | None = None
    """For taxes that count the earlier months of the year."""


@dataclass(frozen=True)
class WithheldColumns:
    """What the row rule would answer, row by row."""

    base: Column
    amount: Column
    added: Column | None = None
    """What each payment adds to the base, where the rule knows it."""
    alike: Column | None = None
    """Payments of equal numbers rest on the same figures of the law and raise the same findings,
    so that one of them tells what all do; below zero stands for a payment that has findings of
    its own and must be taken as a row. None where the rule does not tell."""
