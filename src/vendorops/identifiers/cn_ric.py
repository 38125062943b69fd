"""The number on the identity card of Chinese residents (居民身份证号码, GB 11643-1999)."""

from stdnum.cn import ric

from vendorops.identifiers._stdnum import checked

TITLE = "resident identity number"


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("360426199101010071")
    '360426199101010071'
    """
    return checked(TITLE, ric, text)
