"""Numbers of bank cards, checked by the Luhn formula (ISO/IEC 7812)."""

from stdnum import luhn

from vendorops.identifiers._stdnum import checked

TITLE = "bank card number"


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("6222021001123459")
    '6222021001123459'
    """
    return checked(TITLE, luhn, text)
