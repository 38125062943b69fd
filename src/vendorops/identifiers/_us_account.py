"""What account numbers of banks in the United States have in common."""

import re

from vendorops.identifiers._stdnum import BadIdentifier

NUMBER = re.compile(r"[A-Za-z0-9]{4,17}")
"""Seventeen characters are what an ACH entry has room for."""


def account(title: str, text: str) -> str:
    """Return the number without separators, or refuse it without showing it."""
    plain = text.replace(" ", "").replace("-", "")
    if not (plain.isascii() and NUMBER.fullmatch(plain)):
        raise BadIdentifier(f"the {title} must be 4 to 17 letters and digits; compare it")
    return plain
