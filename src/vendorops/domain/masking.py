"""What may be shown of a number that must not be read."""

SHOWN = 4
SHORTEST = 8
"""Numbers with fewer characters would be given away by their tail."""


def masked_tail(text: str) -> str:
    """Return the last four characters of a number behind stars; of a short one, the stars only.

    >>> masked_tail("6222020200012345678"), masked_tail("12345")
    ('****5678', '****')
    """
    return "****" + (text[-SHOWN:] if len(text) >= SHORTEST else "")
