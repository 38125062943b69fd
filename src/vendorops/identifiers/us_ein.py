"""The employer identification number of the United States."""

from stdnum.us import ein

from vendorops.identifiers._stdnum import checked

TITLE = "employer identification number"
EXAMPLE = "042103594"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("91-1144442")
    '911144442'
    """
    return checked(TITLE, ein.validate, text.replace(" ", ""))
