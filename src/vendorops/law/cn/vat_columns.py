"""VAT of persons and its surcharges on columns of fen: the row rules, a thousand times faster."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from vendorops.domain.jurisdiction import LawOfDay
from vendorops.domain.withholding_columns import Column
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.per_payment_columns import BadColumns, share
from vendorops.law.cn.surcharges import PARTS, Location, factor
from vendorops.law.cn.vat_small_scale import TAXED


def bulk_vat(sales: Column, threshold: str, law: LawOfDay, currency: str) -> Column:
    """Return the VAT on each person's sales of a day or month; the twin of `vat_on`."""
    if (sales < 0).any():
        raise BadColumns("sales below zero; correct them")
    least = major(law.number(threshold), currency).minor
    reached = sales > least
    if (sales == least).any() and law.text("vat_small_scale.at_the_threshold") == TAXED:
        reached = sales >= least
    if not reached.any():
        return np.zeros_like(sales)
    vat = share(sales, Fraction(law.number("vat_small_scale.reduced_rate")))
    return np.where(reached, vat, 0)


def bulk_surcharges(
    vat: Column, location: Location, law: LawOfDay, *, small: bool
) -> dict[str, NDArray[np.int64]]:
    """Return the surcharges on each VAT paid, by their names; the twin of `each_surcharge`."""
    if (vat < 0).any():
        raise BadColumns("VAT below zero; correct it")
    return {name: share(vat, factor(name, location, law, small=small)) for name in PARTS}
