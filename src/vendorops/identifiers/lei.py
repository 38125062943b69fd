"""The legal entity identifier (ISO 17442): twenty characters that meet ISO 7064 Mod 97, 10."""

from stdnum import lei
from stdnum.exceptions import InvalidLength

from vendorops.identifiers._stdnum import checked

TITLE = "legal entity identifier"
EXAMPLE = "213800KUD8LAJWSQ9D15"
CHECK_DIGITS = True
LENGTH = 20


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("2138 00KU D8LA JWSQ 9D15")
    '213800KUD8LAJWSQ9D15'
    """
    return checked(TITLE, _validate, text)


def _validate(text: str) -> str:
    number = str(lei.compact(text))
    if len(number) != LENGTH:
        raise InvalidLength
    return str(lei.validate(number))
