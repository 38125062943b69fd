"""Who a Chinese invoice is of and what it is numbered: what can be told from the digits alone."""

from datetime import date

from stdnum.cn import ric, uscc

from vendorops.formats._claim import NotAnInvoice
from vendorops.formats._xml import BadField

DIGITS = 20
"""Of the number of a digital invoice: 2 year, 2 province, 1 channel, 15 serial."""
PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
    | {*range(61, 66), 71, 81, 82}
)
"""GB/T 2260, first two digits."""
CHECKED_LENGTH = 18
"""Characters of the numbers that have a check digit; older and foreign ones have none."""


def check_seller(number: str) -> None:
    """Refuse a company's (USCC, GB 32100) or person's (GB 11643) number with a wrong digit."""
    if not number:
        raise BadField("the seller has no tax number; every Chinese invoice has one")
    if len(number) == CHECKED_LENGTH and not (uscc.is_valid(number) or ric.is_valid(number)):
        raise BadField(
            "the seller's tax number has a check digit that does not fit its other digits;"
            " ask the supplier for the invoice as the tax platform issued it"
        )


def check_number(number: str, issued: date) -> None:
    """Refuse a number that no tax platform gives to a digital invoice of that day."""
    if not (number.isascii() and number.isdigit() and len(number) == DIGITS):
        raise BadField(
            f"the number of a digital invoice has {DIGITS} digits, this one has not; correct it"
        )
    if number[:2] != f"{issued:%y}":
        raise BadField(
            f"the invoice is numbered for the year 20{number[:2]}, but was issued on {issued};"
            " ask the supplier for the invoice as the tax platform issued it"
        )
    if int(number[2:4]) not in PROVINCES:
        raise BadField(f"no province has the code {number[2:4]} of the number; correct it")


def check_colour(*, red: bool | None, below_zero: bool) -> None:
    """Refuse a red-letter invoice that asks for money, and a blue one that gives it back."""
    if red is not None and red != below_zero:
        said = "red-letter (红字)" if red else "blue (蓝字)"
        raise NotAnInvoice(
            f"the invoice is {said}, but its total is {'below' if below_zero else 'not below'}"
            " zero; ask the supplier for a corrected invoice"
        )
