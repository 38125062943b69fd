"""The unified social credit code of Chinese organizations (统一社会信用代码, GB 32100-2015).

Its places 9 to 17 are the organization code (GB 11714), which has a check digit of its own.
"""

from schwifty.checksum import weighted
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum

from vendorops.identifiers._stdnum import checked

TITLE = "unified social credit code"
EXAMPLE = "91110000600037341L"
CHECK_DIGITS = True
ORGANIZATION = slice(8, 16)
ITS_CHECK = 16
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ELEVEN = 11
CHECKS = "0X987654321"
"""The check digit by what the weighted sum leaves."""


def check(text: str) -> str:
    """Return the number without separators, or refuse it.

    >>> check("91110000600037341L")
    '91110000600037341L'
    """
    return checked(TITLE, _validate, text)


def _validate(text: str) -> str:
    number = str(uscc.validate(text))
    values = (str(int(sign, 36)) for sign in number[ORGANIZATION])
    if CHECKS[weighted(values, ELEVEN, WEIGHTS)] != number[ITS_CHECK]:
        raise InvalidChecksum
    return number
