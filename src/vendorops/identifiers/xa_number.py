"""Company numbers of the invented country: ten digits that meet ISO 7064 Mod 97, 10."""

from stdnum.exceptions import InvalidFormat, InvalidLength
from stdnum.iso7064 import mod_97_10
from stdnum.util import clean, isdigits

from vendorops.identifiers._stdnum import checked

TITLE = "Exampleland company number"
EXAMPLE = "1000202697"
CHECK_DIGITS = True
LENGTH = 10


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("1000202697")
    '1000202697'
    """
    return checked(TITLE, _validate, text)


def _validate(text: str) -> str:
    number = str(clean(text, " -").strip())
    if len(number) != LENGTH:
        raise InvalidLength
    if not isdigits(number):
        raise InvalidFormat
    return str(mod_97_10.validate(number))
