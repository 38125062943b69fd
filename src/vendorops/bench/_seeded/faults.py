"""What goes wrong with claims, how often, and which named reason it must get: one table.

The rates make about two claims in ten need a person, as companies report on the average (22.6 %
of invoices with exceptions against 10.1 % at the best; Ardent Partners 2019), and about one in a
hundred a duplicate (0.8 to 2 % of disbursements are; APQC).
"""

from dataclasses import dataclass

HELD, REFUSED = "held", "refused"
"""What may become of a claim instead: a person is asked first, or it is not booked."""


@dataclass(frozen=True)
class Fault:
    """One way in which a line, or a claim as a whole, is not what it should be."""

    rate: float
    """Share of lines, or of claims."""
    reason: str
    """Code of a difference, `held`, or `refused`; empty where nothing is to be said."""
    tolerated: bool = False
    """It is paid as claimed: nobody has to look."""
    says: str = ""
    """What the refusal must tell."""
    on_statements: bool = True
    """Whether a statement can have it: that names no tax, and must add up to be read."""


LINE_FAULTS = {
    "price_above": Fault(0.0030, "price_above_term"),
    "price_below": Fault(0.0010, "price_below_term"),
    "quantity_above": Fault(0.0025, "quantity_above_accepted"),
    "partly_accepted": Fault(0.0015, "quantity_above_accepted"),
    "not_accepted": Fault(0.0020, "not_accepted_yet"),
    "other_contract": Fault(0.0008, "no_such_work"),
    "unknown": Fault(0.0010, "reference_unknown"),
    "typo": Fault(0.0015, "reference_unknown"),
    "no_prefix": Fault(0.0010, "reference_unknown"),
    "no_reference": Fault(0.0008, "no_reference"),
    "other_work": Fault(0.0008, "duplicate_line"),
    "again_in_claim": Fault(0.0008, "duplicate_line"),
    "again_in_another": Fault(0.0010, "duplicate_line"),
    "wrong_period": Fault(0.0008, "wrong_period"),
    "other_currency": Fault(0.0004, "wrong_currency"),
    "tax_category": Fault(0.0006, "wrong_tax_category", on_statements=False),
    "tax_rate": Fault(0.0006, "wrong_tax_rate", on_statements=False),
    "arithmetic": Fault(0.0004, "line_arithmetic", on_statements=False),
    "credit_line": Fault(0.0006, "credit"),
    "within_tolerance": Fault(0.0100, "price_above_term", tolerated=True),
    "rounded": Fault(0.0080, "rounding", tolerated=True, on_statements=False),
    "late_accepted": Fault(0.0150, ""),
    "in_parts": Fault(0.0150, ""),
}
"""Of lines; the last five are right all the same."""
CLAIM_FAULTS = {
    "tax_amount": Fault(0.0030, "wrong_tax_amount", on_statements=False),
    "wrong_currency": Fault(0.0020, REFUSED, says="but contract"),
    "unknown_contract": Fault(0.0020, REFUSED, says="has no contract"),
    "same_number": Fault(0.0030, REFUSED, says="has claimed under the number"),
    "prints_alike": Fault(0.0015, REFUSED, says="again: the numbers differ only"),
    "other_number": Fault(0.0020, HELD),
    "other_day": Fault(0.0015, HELD),
    "billed_anew": Fault(0.0015, HELD),
    "mail_and_portal": Fault(0.0050, ""),
    "credited": Fault(0.0060, "credit", tolerated=True, on_statements=False),
    "partly_credited": Fault(0.0030, "credit", tolerated=True, on_statements=False),
    "billed_again": Fault(0.0015, "duplicate_line", on_statements=False),
}
"""Of claims; `billed_again` is owed, and yet a person must look: its work stays claimed."""
CAPPED_EVERY = 4
"""One supplier in so many has a contract of which its claim exceeds the cap."""
CAP = Fault(1, "cap_exceeded")


def fault(name: str) -> Fault:
    """Return a fault by its name."""
    return {**LINE_FAULTS, **CLAIM_FAULTS, "cap": CAP}[name]
