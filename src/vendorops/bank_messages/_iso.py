"""Opens an ISO 20022 message of a bank, and asks it for its fields by path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from lxml.etree import QName, _Element

from vendorops.domain.money import BadAmount, Money
from vendorops.domain.refusal import Refused
from vendorops.guarded_xml import Bounds, opened

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
BOUNDS = Bounds("bank message", 50 * 2**20, 2_000_000, 40)
HEAD = 2000
"""Bytes within which the namespace stands."""
LONGEST = 140
DIRECTIONS = {"CRDT": "credit", "DBIT": "debit"}


class BadBankMessage(Refused):
    """A message of a bank does not say what it must."""


def looks_like(data: bytes, *names: str) -> bool:
    """Tell by a cheap look whether a file is one of some messages, such as `camt.053`."""
    head = data[:HEAD].replace(b"\0", b"")
    return any(f"{NAMESPACE}{name}".encode() in head for name in names)


@dataclass(frozen=True)
class Part:
    """An element of a message; only children of the message's own namespace count."""

    element: _Element
    space: str

    @classmethod
    def root(cls, data: bytes, *names: str) -> Self:
        """Return the document, refused where it is none of some messages."""
        root = opened(data, BOUNDS)
        space = QName(root).namespace or ""
        known = "|".join(re.escape(name) for name in names)
        if not re.fullmatch(rf"{re.escape(NAMESPACE)}(?:{known})\.001\.[0-9]{{2}}", space):
            raise BadBankMessage(f"E_BANK_FORMAT: the document is not {' or '.join(names)}")
        return cls(root, space)

    @property
    def message(self) -> str:
        """The message and its version, such as `camt.053.001.08`."""
        return self.space.removeprefix(NAMESPACE)

    @property
    def where(self) -> str:
        """The place in the file, for people."""
        return f"line {self.element.sourceline}, {QName(self.element).localname}"

    def every(self, path: str) -> Iterator[Self]:
        """Yield the elements at a path such as `Acct/Id`."""
        full = "/".join(f"{{{self.space}}}{step}" for step in path.split("/"))
        for found in self.element.findall(full):
            yield type(self)(found, self.space)

    def maybe(self, path: str) -> Self | None:
        """Return the one element at a path, or None; refused where there are several."""
        found = list(self.every(path))
        if len(found) > 1:
            raise BadBankMessage(f"E_BANK_REPEATED: {found[1].where}: {path} is there twice")
        return found[0] if found else None

    def text(self, *paths: str) -> str:
        """Return the text at the first of some paths that has one; empty where none has."""
        for path in paths:
            part = self.maybe(path)
            said = " ".join((part.element.text or "").split()) if part else ""
            if said:
                return said[:LONGEST]
        return ""

    def needed(self, path: str) -> Self:
        """Return the element at a path, refused where it is missing."""
        found = self.maybe(path)
        if found is None:
            raise BadBankMessage(f"E_BANK_MISSING: {self.where}: {path} is missing; ask the bank")
        return found

    def money(self, path: str = "Amt") -> Money:
        """Return the amount at a path, never below zero."""
        part = self.needed(path)
        try:
            found = Money.parse((part.element.text or "").strip(), part.element.get("Ccy", ""))
        except Refused as refusal:
            raise BadBankMessage(f"E_BANK_AMOUNT: {part.where}: {refusal}") from None
        if found.minor < 0:
            raise BadBankMessage(f"E_BANK_AMOUNT: {part.where}: an amount is below zero")
        return found

    def direction(self) -> str:
        """Return whether the account was debited or credited."""
        said = self.text("CdtDbtInd")
        if said not in DIRECTIONS:
            raise BadBankMessage(f"E_BANK_DIRECTION: {self.where}: CdtDbtInd is CRDT or DBIT")
        return DIRECTIONS[said]

    def day(self, path: str) -> date | None:
        """Return the day at a path that holds a day or an instant."""
        said = self.text(f"{path}/Dt", f"{path}/DtTm")
        if not said:
            return None
        try:
            return (
                date.fromisoformat(said)
                if len(said) == len("2026-10-31")
                else datetime.fromisoformat(said).date()
            )
        except ValueError:
            raise BadBankMessage(f"E_BANK_DAY: {self.where}: {path} is no day") from None


__all__ = ["BadAmount", "BadBankMessage", "Part", "looks_like"]
