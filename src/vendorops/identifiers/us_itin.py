"""The number under which the United States tax people without a social security number."""

from stdnum.us import itin

from vendorops.identifiers._stdnum import checked

TITLE = "individual taxpayer identification number"
EXAMPLE = "912903456"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("912-90-3456")
    '912903456'
    """
    return checked(TITLE, itin.validate, text.replace(" ", ""))
