"""The tax identification number of people in Germany (steuerliche Identifikationsnummer)."""

from stdnum.de import idnr

from vendorops.identifiers._stdnum import checked

TITLE = "tax identification number"
EXAMPLE = "36574261809"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("36 574 261 809")
    '36574261809'
    """
    return checked(TITLE, idnr.validate, text.replace(" ", ""))
