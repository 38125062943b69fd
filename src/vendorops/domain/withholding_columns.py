"""Columns of payments and of the tax kept back from them, for bulk runs on integers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.withholding import PayerKind

Column = NDArray[np.int64]
"""Amounts in minor units, one per payment."""


@dataclass(frozen=True)
class PaymentColumns:
    """Many payments to which one tax applies, on one day: one row per payee and item."""

    payer: PayerKind
    currency: str
    earlier_income: Column
    earlier_withheld: Column
    payment: Column


@dataclass(frozen=True)
class WithheldColumns:
    """What the row rule would answer, row by row."""

    base: Column
    amount: Column
