"""Account numbers of Chinese banks: digits only, without a check digit of their own."""

from vendorops.identifiers._stdnum import BadIdentifier

TITLE = "bank account number"
EXAMPLE = "1001234509006789012"
CHECK_DIGITS = False
SHORTEST, LONGEST = 9, 32


def check(text: str) -> str:
    """Return the number without blanks, or refuse it.

    >>> check("6222 0210 0123 4567 89")
    '622202100123456789'
    """
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= LONGEST):
        raise BadIdentifier(f"the {TITLE} must be {SHORTEST} to {LONGEST} digits; compare it")
    return digits
