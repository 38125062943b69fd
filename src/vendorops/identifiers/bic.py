"""The business identifier code of a bank (ISO 9362)."""

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from vendorops.identifiers._stdnum import BadIdentifier

TITLE = "BIC"
EXAMPLE = "AGRIFRPP882"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the code without blanks, or refuse it.

    >>> check("ICBKCNBJ SZN")
    'ICBKCNBJSZN'
    """
    try:
        return str(BIC(text))
    except SchwiftyException:
        raise BadIdentifier("the BIC has not the form of one; ask the bank for it") from None
