"""A taxpayer number of the United States of any kind, as Form W-9 asks for it."""

from stdnum.us import tin

from vendorops.identifiers._stdnum import checked

TITLE = "taxpayer identification number"
EXAMPLE = "042103594"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("04-2103594")
    '042103594'
    """
    return checked(TITLE, tin.validate, text.replace(" ", ""))
