"""Reads what names a claim, or one line of it: INV-2026-000001, INV-2026-000001/2."""

import re

import click


def line_named(text: str) -> tuple[str, int | None]:
    """Return the reference of a claim, and the number of the line, if one is named.

    >>> line_named("INV-2026-000001/2"), line_named("INV-2026-000001")
    (('INV-2026-000001', 2), ('INV-2026-000001', None))
    """
    reference, _, line = text.partition("/")
    if line and not re.fullmatch(r"\d{1,6}", line, re.ASCII):
        raise click.UsageError(f"{text[:40]}: a line is given by its number, such as INV-…/2")
    return reference, int(line) if line else None
