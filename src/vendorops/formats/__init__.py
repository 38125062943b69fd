"""The shelf of formats: how claims are written, one module each, all of one shape."""

import sys
from functools import cache
from typing import Protocol, cast, runtime_checkable

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.paper import InvoicePaper
from vendorops.formats._claim import NotAnInvoice, TotalsDisagree
from vendorops.formats._xml import opened
from vendorops.registry import members

__all__ = [
    "Format",
    "JudgedFormat",
    "NotAnInvoice",
    "PrintedFormat",
    "TotalsDisagree",
    "format_of",
    "formats",
    "opened",
]


class Format(Protocol):
    """What every module of this shelf offers."""

    TITLE: str
    """What people call the format."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Tell by a cheap look whether a file of that name is in this format."""

    def read(self, data: bytes) -> ClaimDocument:
        """Return what the file says, or refuse it with one sentence."""


@runtime_checkable
class JudgedFormat(Format, Protocol):
    """What a module offers whose documents official rules speak of."""

    def official_xml(self, data: bytes) -> bytes:
        """Return the XML that the rules judge: the file itself, or what it carries."""


class PrintedFormat(Format, Protocol):
    """What a module offers whose format we also write."""

    SUFFIX: str
    """Ending of the file's name, such as `.xml`."""

    def write(self, paper: InvoicePaper) -> bytes:
        """Return the file; the same paper gives the same bytes."""


@cache
def formats() -> dict[str, Format]:
    """Return the modules of this shelf by name."""
    return cast("dict[str, Format]", members(sys.modules[__name__]))


def format_of(data: bytes, name: str) -> Format:
    """Return the module that recognises a file; refused when none does."""
    for known in formats().values():
        if known.recognises(data, name):
            return known
    titles = "; ".join(known.TITLE for known in formats().values())
    raise NotAnInvoice(f"the file is in no format that we read; send one of these: {titles}")
