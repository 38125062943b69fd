"""Ranks people for a demand by labels: whole numbers, one total order, every point explained.

`explained` scores one person, label by label; `Columns.ranked` scores all of them at once and
comes to the same.
"""

from vendorops.domain.ranking.columns import Columns, Ranked, columns
from vendorops.domain.ranking.demand import Candidate, Certified, Demand, Formula, Wanted
from vendorops.domain.ranking.one import Point, explained, unmet

__all__ = [
    "Candidate",
    "Certified",
    "Columns",
    "Demand",
    "Formula",
    "Point",
    "Ranked",
    "Wanted",
    "columns",
    "explained",
    "unmet",
]
