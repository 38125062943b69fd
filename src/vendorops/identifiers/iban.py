"""The international bank account number (ISO 13616), with the rules of each country."""

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.iban import compact

from vendorops.identifiers._stdnum import BadIdentifier

TITLE = "IBAN"
EXAMPLE = "DE89370400440532013000"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number without blanks, points and hyphens, or refuse it.

    >>> check("DE89 3704 0044 0532 0130 00")
    'DE89370400440532013000'
    """
    try:
        return str(IBAN(compact(text)))
    except SchwiftyException:
        raise BadIdentifier(
            "the IBAN is not one of its country, or its check digits do not fit; "
            "compare it with the bank's confirmation"
        ) from None
