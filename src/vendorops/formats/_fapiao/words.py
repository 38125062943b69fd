"""Amounts in Chinese financial words (大写), such as 壹仟零伍拾圆整."""

from fractions import Fraction

DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
TENS = {"拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
YUAN = "圆元"
PARTS = {"角": Fraction(1, 10), "分": Fraction(1, 100)}
SILENT = "整正"
MINUS = "负"
MARKS = "ⓧ⊗⊙\uffe5¥()\uff08\uff09 "
"""What software prints before or around the words."""


def amount_in_words(text: str) -> Fraction | None:
    """Return the amount, or None where the text is not one in words.

    >>> amount_in_words("贰圆壹角贰分"), amount_in_words("壹拾叁万零捌佰陆拾肆圆整")
    (Fraction(53, 25), Fraction(130864, 1))
    >>> amount_in_words("负叁佰元整"), amount_in_words("three")
    (Fraction(-300, 1), None)
    """
    plain = text.strip(MARKS)
    sign = -1 if plain.startswith(MINUS) else 1
    words = plain.removeprefix(MINUS)
    yuan = next((word for word in words if word in YUAN), "")
    whole, _, rest = words.partition(yuan) if yuan else ("", "", words)
    parts = _whole(whole), _cents(rest.rstrip(SILENT))
    if not words or parts[0] is None or parts[1] is None:
        return None
    return sign * (parts[0] + parts[1])


def _whole(words: str) -> Fraction | None:
    """Read the yuan; a large unit closes what stands before it."""
    total, group, digit = 0, 0, 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in TENS:
            group, digit = group + (digit or 1) * TENS[word], 0
        elif word in MYRIADS:
            scale = MYRIADS[word]
            closed = total % scale + group + digit
            total, group, digit = total - total % scale + closed * scale, 0, 0
        else:
            return None
    return Fraction(total + group + digit)


def _cents(words: str) -> Fraction | None:
    total, digit = Fraction(0), 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in PARTS:
            total, digit = total + digit * PARTS[word], 0
        else:
            return None
    return None if digit else total
