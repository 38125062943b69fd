"""The number on the identity card of Chinese residents (居民身份证号码, GB 11643-1999)."""

from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.util import clean, isdigits

from vendorops.identifiers._stdnum import checked

TITLE = "resident identity number"
EXAMPLE = "11010519491231002X"
CHECK_DIGITS = True
LENGTH = 18


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("360426199101010071")
    '360426199101010071'
    """
    return checked(TITLE, _validate, text)


def born_on(number: str) -> date:
    """Return the day of birth that a number tells.

    >>> born_on("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _validate(text: str) -> str:
    # Not ric.validate: it asks whether the region existed in the year of birth, and so refuses
    # people registered later than born, and residence permits (81, 82 and 83 in front).
    number = str(clean(text, " -").strip().upper())
    if len(number) != LENGTH:
        raise InvalidLength
    if not isdigits(number[:-1]):
        raise InvalidFormat
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidChecksum
    ric.get_birth_date(number)
    return number
