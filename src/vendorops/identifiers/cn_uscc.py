"""The unified social credit code of Chinese organizations (统一社会信用代码, GB 32100-2015)."""

from stdnum.cn import uscc

from vendorops.identifiers._stdnum import checked

TITLE = "unified social credit code"
EXAMPLE = "91110000600037341L"
CHECK_DIGITS = True


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("91110000600037341L")
    '91110000600037341L'
    """
    return checked(TITLE, uscc.validate, text)
