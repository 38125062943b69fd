"""Opens XML from outside without believing it, asks it for its fields, and writes ours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, TypeAlias, cast

from lxml import etree
from lxml.etree import _Element

from vendorops.domain.refusal import Refused
from vendorops.guarded_xml import Bounds
from vendorops.guarded_xml import opened as guarded

Element: TypeAlias = _Element
BOUNDS = Bounds("e-invoice", 10 * 2**20, 600_000, 64)
"""The longest real invoices, attachments included, stay far below; UBL and CII are not 20 deep."""
HEAD = 20_000
"""Bytes within which the root element of a real invoice begins."""
MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""What may stand before the first bracket: byte-order marks and white space."""
ANY = "{*}"
"""Stands for whatever namespace there is."""
LONGEST_TEXT = 4000
"""Characters of one field that we keep."""


class FieldMissing(Refused):
    """A field that every invoice has is not there."""


class FieldRepeated(Refused):
    """A field that may be given once is given again, so nobody can say which counts."""


class BadField(Refused):
    """A field does not hold what it should."""


def looks_like(data: bytes, namespaces: Iterable[str]) -> bool:
    """Tell by a cheap look whether a file is XML and names one of the namespaces early."""
    head = data[:HEAD].replace(b"\0", b"").lstrip(MARKS)
    return head.startswith(b"<") and any(name.encode() in head for name in namespaces)


@lru_cache(maxsize=1)
def opened(data: bytes) -> Element:
    """Return the root of an XML file, without comments, entities or document type.

    Nobody changes the tree, so the last one is kept: it is read as a claim, and then judged.
    """
    return guarded(data, BOUNDS)


@lru_cache(maxsize=4096)
def _steps(path: str, names: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the tags of a path of children, one after the other, as lxml spells them.

    To have lxml look up the namespaces of every path anew takes longer than to follow it.
    """
    known = dict(names)
    steps = []
    for step in path.split("/"):
        prefix, _, name = step.rpartition(":")
        steps.append(f"{{{known[prefix]}}}{name}" if prefix else step)
    return tuple(steps)


class Node:
    """An element whose fields are asked for by path, such as `cac:Party/cbc:EndpointID`."""

    __slots__ = ("_children", "element", "names")  # There is one for every element of a file.

    def __init__(self, element: Element, names: Mapping[str, str]) -> None:
        """`names` are namespaces by prefix."""
        self.element = element
        self.names = names
        self._children: dict[str, list[Self]] | None = None

    @property
    def where(self) -> str:
        """The place in the file, for people."""
        name = etree.QName(self.element).localname
        return f"line {self.element.sourceline} of the file, {name}"

    @property
    def content(self) -> str:
        """The text of the element, without white space around it."""
        text = (self.element.text or "").strip()
        if len(self.element):
            raise BadField(f"{self.where} holds elements where a plain value belongs; correct it")
        if len(text) > LONGEST_TEXT:
            raise BadField(f"{self.where} has more than {LONGEST_TEXT} characters; shorten it")
        return text

    def attribute(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.element.get(name, "").strip()

    def named(self, step: str) -> Sequence[Self]:
        """Return the children of one name, as lxml spells it; they are asked for by many names."""
        if step.startswith(ANY):
            return [type(self)(child, self.names) for child in self.element.iterchildren(step)]
        if self._children is None:
            self._children = {}
            for child in self.element:
                self._children.setdefault(child.tag, []).append(type(self)(child, self.names))
        return self._children.get(step, ())

    def every(self, path: str) -> list[Self]:
        """Return the elements at a path."""
        found = [self]
        for step in _steps(path, tuple(self.names.items())):
            found = [child for each in found for child in each.named(step)]
        return found

    def maybe(self, path: str) -> Self | None:
        """Return the one element at a path, or None; refused when there are several."""
        found = self.every(path)
        if len(found) > 1:
            raise FieldRepeated(
                f"{found[1].where} is given {len(found)} times; it may be given once"
            )
        return found[0] if found else None

    def one(self, path: str) -> Self:
        """Return the one element at a path; refused when there is none."""
        found = self.maybe(path)
        if found is None:
            raise FieldMissing(f"{self.where} has no {path}, which every invoice needs; add it")
        return found

    def text(self, path: str) -> str:
        """Return the text at a path, or nothing."""
        found = self.maybe(path)
        return found.content if found else ""

    def required(self, path: str) -> str:
        """Return the text at a path; refused when there is none."""
        content = self.one(path).content
        if not content:
            raise FieldMissing(f"{self.one(path).where} is empty; fill it in")
        return content


@dataclass(frozen=True)
class Maker:
    """Makes elements of a few namespaces; content that is None is left out."""

    names: Mapping[str, str]
    """Namespaces by prefix; the empty prefix is the default namespace."""

    def __call__(self, tag: str, *content: "Element | str | None", **attributes: str) -> Element:
        """Return an element named `prefix:Name` with children or text."""
        prefix, _, name = tag.partition(":")
        nsmap = {key or None: uri for key, uri in self.names.items()}
        made = etree.Element(
            f"{{{self.names[prefix]}}}{name}",
            attributes,
            cast("dict[str, str]", nsmap),  # The stubs do not know the default namespace.
        )
        for part in content:
            if isinstance(part, str):
                made.text = part
            elif part is not None:
                made.append(part)
        return made

    def optional(self, tag: str, text: str) -> Element | None:
        """Return an element, or None when there is nothing to say."""
        return self(tag, text) if text else None


def written(root: Element) -> bytes:
    """Return the bytes of a file: UTF-8, indented, the same for the same tree."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
