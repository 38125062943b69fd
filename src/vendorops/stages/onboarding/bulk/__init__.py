"""Applications in bulk: one line of a spreadsheet each, through the very model of a single one."""

from vendorops.domain.importing import ALL, PARTIAL
from vendorops.stages.onboarding.bulk.columns import roots
from vendorops.stages.onboarding.bulk.entering import Result, enter_lines
from vendorops.stages.onboarding.bulk.judging import as_handed_in, judge
from vendorops.stages.onboarding.bulk.lines import Line
from vendorops.stages.onboarding.bulk.sheets import lines_of

__all__ = [
    "ALL",
    "PARTIAL",
    "Line",
    "Result",
    "as_handed_in",
    "enter_lines",
    "judge",
    "lines_of",
    "roots",
]
