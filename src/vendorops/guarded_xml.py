"""Opens XML from outside without believing it: bounded, no document type, nothing fetched."""

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree
from lxml.etree import _Element

from vendorops.domain.refusal import Refused, Unsafe

START_TAG = re.compile(rb"<[A-Za-z_\x80-\xff]")


class UnsafeXml(Unsafe):
    """The file is too large, too deep, or brings its own document type."""


class NotXml(Refused):
    """The file is not well-formed XML."""


@dataclass(frozen=True)
class Bounds:
    """What a kind of file never needs more of."""

    what: str
    """As people call it, such as `e-invoice`."""
    largest: int
    """Bytes."""
    most_markup: int
    """Opening brackets; bounds the memory of a tree before it is built."""
    deepest: int
    """Elements within one another."""


def opened(data: bytes, bounds: Bounds) -> _Element:
    """Return the root of an XML file, without comments, entities or document type.

    Comments are dropped while reading, so that a field interrupted by one reads as a whole.
    """
    _check_bytes(data, bounds)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise NotXml(
            f"the file is not well-formed XML: line {line}, column {column}; export it again"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(bounds)
    if _deeper(bounds.deepest)(root):
        raise UnsafeXml(
            f"the file has elements more than {bounds.deepest} deep; no {bounds.what} has"
        )
    return root


@cache
def _deeper(most: int) -> etree.XPath:
    """Return what tells whether a tree has elements within more than so many others."""
    return etree.XPath(f"boolean({'/*' * (most + 1)})")


def _check_bytes(data: bytes, bounds: Bounds) -> None:
    if not data.strip():
        raise NotXml("the file is empty; send it again")
    if len(data) > bounds.largest:
        raise UnsafeXml(
            f"the file has {len(data)} bytes, more than the {bounds.largest} we read; split it"
        )
    if data.count(b"<") > bounds.most_markup:
        raise UnsafeXml(f"the file has more than {bounds.most_markup} XML tags; split it")
    plain = data.replace(b"\0", b"")  # UTF-16 and UTF-32 write ASCII with zeros between.
    start = START_TAG.search(plain)
    if b"<!DOCTYPE" in plain[: start.start() if start else len(plain)]:
        raise _doctype(bounds)


def _doctype(bounds: Bounds) -> UnsafeXml:
    return UnsafeXml(
        f"the file starts with a DOCTYPE, which no {bounds.what} needs; export it without one"
    )
