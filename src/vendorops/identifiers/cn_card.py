"""Numbers of bank cards, checked by the Luhn formula (ISO/IEC 7812)."""

from stdnum import luhn
from stdnum.exceptions import InvalidLength
from stdnum.util import clean

from vendorops.identifiers._stdnum import checked

TITLE = "bank card number"
EXAMPLE = "6222020200012345670"
CHECK_DIGITS = True
SHORTEST, LONGEST = 12, 19


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("6222 0210 0112 3459")
    '6222021001123459'
    """
    return checked(TITLE, _validate, text)


def _validate(text: str) -> str:
    number = str(clean(text, " -").strip())
    if not SHORTEST <= len(number) <= LONGEST:
        raise InvalidLength
    return str(luhn.validate(number))
