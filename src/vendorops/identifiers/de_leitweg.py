"""The routing number of public buyers in Germany (Leitweg-ID), BT-10 of an invoice to them."""

from stdnum.de import leitweg

from vendorops.identifiers._stdnum import checked

TITLE = "Leitweg-ID"
EXAMPLE = "991-03730-19"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number with its hyphens, or refuse it.

    >>> check("991-03730-19")
    '991-03730-19'
    """
    return checked(TITLE, leitweg.validate, text.replace(" ", ""))
