"""What people earn by what they bring: facts of a period in, lines with their formula out."""

from vendorops.domain.earnings.facts import AMOUNTS, QUANTITIES, BadFact, Fact
from vendorops.domain.earnings.lines import Basis, Line, balanced, counted
from vendorops.domain.earnings.pay import base_pay, commission, incentive, shared
from vendorops.domain.earnings.statements import Agreed, Statement, chained
from vendorops.domain.earnings.stretches import Stretch, stretches
from vendorops.domain.earnings.taking_off import Open, taken_off
from vendorops.domain.earnings.terms import KIND, BadPayTerms, Incentive, Part, PayTerms

__all__ = [
    "AMOUNTS",
    "KIND",
    "QUANTITIES",
    "Agreed",
    "BadFact",
    "BadPayTerms",
    "Basis",
    "Fact",
    "Incentive",
    "Line",
    "Open",
    "Part",
    "PayTerms",
    "Statement",
    "Stretch",
    "balanced",
    "base_pay",
    "chained",
    "commission",
    "counted",
    "incentive",
    "shared",
    "stretches",
    "taken_off",
]
