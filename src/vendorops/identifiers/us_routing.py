"""The number of a bank in the clearing system of the United States (ABA routing number)."""

from stdnum.us import rtn

from vendorops.identifiers._stdnum import checked

TITLE = "routing number of the bank"
EXAMPLE = "111000025"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("111000025")
    '111000025'
    """
    return checked(TITLE, rtn.validate, text.replace(" ", ""))
