"""Company numbers of the invented country: digits that meet ISO 7064 Mod 97, 10."""

from stdnum.iso7064 import mod_97_10

from vendorops.identifiers._stdnum import checked

TITLE = "Exampleland company number"


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("1000202697")
    '1000202697'
    """
    return checked(TITLE, mod_97_10, text)
