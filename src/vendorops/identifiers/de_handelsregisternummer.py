"""The number in the German commercial register, with its court (Handelsregisternummer)."""

from stdnum.de import handelsregisternummer

from vendorops.identifiers._stdnum import checked

TITLE = "commercial register number"
EXAMPLE = "Aachen HRA 11223"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number as court, register and number, or refuse it.

    >>> check("HRA 11223, Aachen")
    'Aachen HRA 11223'
    """
    return checked(TITLE, handelsregisternummer.validate, text)
