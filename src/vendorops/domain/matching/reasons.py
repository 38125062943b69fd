"""Why an amount is not explained by accepted work, and what a person can do about it."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A named reason, what it means to a person, and what that person can do."""

    sentence: str
    remedy: str

    def __new__(cls, value: str, sentence: str, remedy: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        member.remedy = remedy
        return member

    CREDIT = (
        "credit",
        "The line takes money back, which only a credit note may do.",
        "Nothing on a credit note; else ask for a credit note in place of the line.",
    )
    DOCUMENT_TOTAL = (
        "document_total",
        "The lines do not add up to the net of the claim.",
        "Reject the claim and ask for one whose lines make its net.",
    )
    WRONG_TAX_AMOUNT = (
        "wrong_tax_amount",
        "The tax of the claim is not what the rates make of its lines.",
        "Ask for a corrected claim, or agree on a tolerance for the step tax.",
    )
    NO_REFERENCE = (
        "no_reference",
        "The line names no work.",
        "Ask which work it is for, and for a claim that names it.",
    )
    REFERENCE_UNKNOWN = (
        "reference_unknown",
        "Nothing in the books has the reference that the line gives.",
        "Look for a mistyped reference and ask for a claim that gives the right one.",
    )
    NO_SUCH_WORK = (
        "no_such_work",
        "The work that the line names was not done under its contract.",
        "Ask for a claim under the contract of the work.",
    )
    WRONG_CURRENCY = (
        "wrong_currency",
        "The work was agreed in another currency.",
        "Ask for a claim in the currency of the contract.",
    )
    WRONG_PERIOD = (
        "wrong_period",
        "The work belongs to another month, whose claims it was accepted in time for.",
        "Ask for a claim of its own for that month, or for one after the work was done.",
    )
    WRONG_TAX_CATEGORY = (
        "wrong_tax_category",
        "The line is taxed in another category than holds for the work on its day.",
        "Ask for a corrected claim; if the category is right, load the tax that now holds.",
    )
    WRONG_TAX_RATE = (
        "wrong_tax_rate",
        "The line is taxed at another rate than holds for the work on its day.",
        "Ask for a corrected claim; if the rate is right, load the tax that now holds.",
    )
    LINE_ARITHMETIC = (
        "line_arithmetic",
        "The line's net is not its quantity times its price.",
        "Ask for a corrected claim.",
    )
    NOT_ACCEPTED_YET = (
        "not_accepted_yet",
        "Nothing of the work has been accepted.",
        "Have the work accepted or rejected; then the claim is sent again.",
    )
    GRADE_BELOW_AGREED = (
        "grade_below_agreed",
        "The work was accepted below the agreed grade, or without one.",
        "Have it done again, or agree on what it is worth and take a credit note.",
    )
    DUPLICATE_LINE = (
        "duplicate_line",
        "All that was accepted of the work was claimed before.",
        "Reject the claim, or the earlier one if that was the wrong one.",
    )
    PRICE_ABOVE_TERM = (
        "price_above_term",
        "The price is above the contract's.",
        "Pay the agreed price, or amend the contract; a tolerance for the step price helps later.",
    )
    PRICE_BELOW_TERM = (
        "price_below_term",
        "The price is below the contract's.",
        "Ask the supplier which price it means; nothing is allocated until then.",
    )
    QUANTITY_ABOVE_ACCEPTED = (
        "quantity_above_accepted",
        "More is claimed than was accepted.",
        "Pay what was accepted; have the rest reported and accepted, or take a credit note.",
    )
    CAP_EXCEEDED = (
        "cap_exceeded",
        "The claims would go beyond the cap of the contract.",
        "Amend the contract, or have the rest claimed under a new one.",
    )
    ROUNDING = (
        "rounding",
        "The line was rounded another way, by one smallest unit at most.",
        "Nothing; it is paid as claimed.",
    )
