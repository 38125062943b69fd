"""The number of a bank branch in China's clearing system (联行号, CNAPS): twelve digits."""

from vendorops.identifiers._stdnum import BadIdentifier

TITLE = "CNAPS number of the bank"
EXAMPLE = "102290002916"
CHECK_DIGITS = False
LENGTH = 12


def check(text: str) -> str:
    """Return the number without blanks, or refuse it.

    >>> check("102 2900 02916")
    '102290002916'
    """
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == LENGTH):
        raise BadIdentifier(f"the {TITLE} must be {LENGTH} digits; ask the bank for it")
    return digits
