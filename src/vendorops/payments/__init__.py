"""How banks want to be told to pay, one format each; modules here offer write() and figures()."""

import sys
from collections.abc import Mapping
from typing import Protocol, cast

from vendorops.domain.money import Money
from vendorops.domain.payment_order import PaymentOrder
from vendorops.registry import member, members


class PaymentFormat(Protocol):
    """What a module of this folder offers."""

    TITLE: str
    SUFFIX: str
    SCHEMA: str
    """Name of the standard's schema that a file must satisfy; empty where there is none."""
    DETAILS: Mapping[str, str]
    """What the data of a paying account may say to the format, and what each means."""

    def write(self, order: PaymentOrder) -> bytes:
        """Write the file; the same order always gives the same bytes."""
        ...

    def figures(self, data: bytes) -> tuple[str, int, Money]:
        """Read back message id, number of payments and control sum."""
        ...


def payment_format(name: str) -> PaymentFormat:
    """Return one format."""
    return cast("PaymentFormat", member(sys.modules[__name__], name))


def codes() -> list[str]:
    """Return the names of all formats."""
    return list(members(sys.modules[__name__]))
