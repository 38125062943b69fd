"""The guardrails as they are cited: what a first day is not told for is asked since the law's."""

from datetime import date

from vendorops.domain.dispatch.facts import Guard

LAW = date(2013, 7, 1)
"""First day on which the Labour Contract Law is asked here, as the dispatch licence is."""
PROVISIONS = date(2014, 3, 1)
"""First day on which the Interim Provisions are asked here."""
MARKET = date(2018, 10, 1)
"""First day on which the HR Market Regulations are asked here."""

LD_01 = Guard("LD-1", "dispatch licence", "LCL art. 57; term of 3 years: MOHRSS Order 19", LAW)
LD_02 = Guard("LD-2", "capital of the agency", "LCL art. 57", LAW)
LD_03 = Guard("LD-3", "kind of post", "LCL art. 66", LAW)
LD_04 = Guard("LD-4", "temporary post", "LCL art. 66", LAW)
LD_05 = Guard("LD-5", "auxiliary post", "LCL art. 66; procedure: Interim Provisions art. 3", LAW)
LD_06 = Guard("LD-6", "substitute post", "LCL art. 66", LAW)
LD_07 = Guard(
    "LD-7", "10 % cap", "Interim Provisions art. 4; LCL art. 66 delegates", PROVISIONS, sure=False
)
LD_08 = Guard("LD-8", "contract of the worker", "LCL art. 58", LAW)
LD_09 = Guard("LD-9", "no split of a continuous need", "LCL art. 59", LAW)
LD_10 = Guard("LD-10", "equal pay", "LCL art. 63", LAW)
LD_11 = Guard("LD-11", "no fees from the worker", "LCL art. 60", LAW)
LD_12 = Guard("LD-12", "no dispatch onwards", "LCL art. 62", LAW)
LD_13 = Guard("LD-13", "no agency of one's own", "LCL art. 67, Regs art. 28", LAW)
LD_14 = Guard("LD-14", "no part-time dispatch", "Regs art. 30", LAW)
LD_15 = Guard("LD-15", "content of the agreement", "LCL art. 59", LAW)
LD_16 = Guard("LD-16", "penalties", "LCL art. 92", LAW)
HR_01 = Guard("HR-1", "licence for intermediation", "HR Market Regs art. 18, 42", MARKET)
HR_02 = Guard("HR-2", "filing of HR services", "HR Market Regs art. 18; else art. 42", MARKET)

KINDS = ("temporary", "auxiliary", "substitute")
TEMPORARY_MONTHS = 6
LICENCE_MONTHS = 36
LEAST_CAPITAL = 2_000_000
"""Yuan."""
LEAST_CONTRACT_MONTHS = 24
AGREEMENT_STATES = ("posts", "headcount", "term", "pay", "social_insurance", "liability")
FINE_EACH = (5_000, 10_000)
"""Yuan a person, where a breach is not put right after an order."""
FINE_UNLICENSED = 50_000
"""Yuan at most where there are no illegal gains; else one to five times these."""
FILING_DAYS = 15
