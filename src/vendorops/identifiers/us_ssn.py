"""The social security number of the United States, which people are taxed under."""

from stdnum.us import ssn

from vendorops.identifiers._stdnum import checked

TITLE = "social security number"
EXAMPLE = "536904399"
CHECK_DIGITS = False


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("536-90-4399")
    '536904399'
    """
    return checked(TITLE, ssn.validate, text.replace(" ", ""))
