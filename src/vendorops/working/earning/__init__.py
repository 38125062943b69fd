"""Pay by what people bring: what was agreed and reported, what it comes to, what was entered."""

from vendorops.working.earning.again import calculated_again
from vendorops.working.earning.agreeing import propose_plans
from vendorops.working.earning.entered import entered_lines, standing
from vendorops.working.earning.facts import (
    facts_known,
    facts_through,
    newest_fact,
    report,
    reported_rows,
)
from vendorops.working.earning.in_force import agreed_plans, plan_rows, statements
from vendorops.working.earning.reporters import fact_reporters, reporters_behind
from vendorops.working.earning.tables_of_facts import read_facts
from vendorops.working.earning.told import calculation, dues, told_statement
from vendorops.working.earning.trying import Tried, read_cases, tried

__all__ = [
    "Tried",
    "agreed_plans",
    "calculated_again",
    "calculation",
    "dues",
    "entered_lines",
    "fact_reporters",
    "facts_known",
    "facts_through",
    "newest_fact",
    "plan_rows",
    "propose_plans",
    "read_cases",
    "read_facts",
    "report",
    "reported_rows",
    "reporters_behind",
    "standing",
    "statements",
    "told_statement",
    "tried",
]
