"""VAT identification numbers of the European Union, with their country prefix."""

from stdnum.eu import vat

from vendorops.identifiers._stdnum import checked

TITLE = "VAT identification number"
EXAMPLE = "DE136695976"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("DE 136,695 976")
    'DE136695976'
    """
    return checked(TITLE, vat.validate, text)
