"""Numbers of checking accounts in the United States, without a check digit of their own."""

from vendorops.identifiers._us_account import account

TITLE = "checking account number"
EXAMPLE = "000123456789"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("0001-2345 6789")
    '000123456789'
    """
    return account(TITLE, text)
