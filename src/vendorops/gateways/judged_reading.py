"""What the limited child finds out about one claim file, and how its answer is told."""

import json
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pydantic import TypeAdapter

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.domain.verdict import Verdict
from vendorops.formats import Format, JudgedFormat, format_of, formats, opened
from vendorops.rulesets import Document, document_of, prepare_schemas, schema_verdict


class ReadRefusal(Refused):
    """What the child refused, with the name of the refusal, which is its rule."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class UnsafeRead(ReadRefusal, Unsafe):
    """The same of bytes that are set aside."""


@dataclass(frozen=True)
class Read:
    """What the child says of one file."""

    format: str
    """Name of the module that recognised it; nothing where none did."""
    claim: ClaimDocument | None = None
    refusal: str = ""
    """Kind of the refusal where there is no claim."""
    sentence: str = ""
    unsafe: bool = False
    document: Document | None = None
    """What official rules may judge."""
    schema: Verdict | None = None
    """What the schema of its syntax says of it."""

    @property
    def refused(self) -> Refused | None:
        """Return why there is no claim."""
        if not self.refusal:
            return None
        return (UnsafeRead if self.unsafe else ReadRefusal)(self.refusal, self.sentence)


_READ = TypeAdapter(Read)


def prepare() -> None:
    """Import formats and compile schemas once, in the template, instead of in each reader."""
    formats()
    prepare_schemas()


def reading(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child; a refusal is an answer that keeps its kind."""
    name, _, data = framed_file.partition(b"\n")
    found = ""
    try:
        known = format_of(data, json.loads(name))
        found = _name(known)
        claim, refusal = known.read(data), None
    except Refused as refused:
        claim, refusal = None, refused
        if not found or isinstance(refusal, Unsafe):
            return _told(Read(found, **_of(refusal)), "")
    document, schema, xml = _document(known, data)
    told = _of(refusal) if refusal else {}
    return _told(Read(found, claim, document=document, schema=schema, **told), xml)


def _of(refusal: Refused) -> dict[str, Any]:
    return {
        "refusal": type(refusal).__name__,
        "sentence": str(refusal),
        "unsafe": isinstance(refusal, Unsafe),
    }


def _told(read: Read, xml: str) -> dict[str, Any]:
    return {**_READ.dump_python(read, mode="json"), "xml": xml}


def _document(known: Format, data: bytes) -> tuple[Document | None, Verdict | None, str]:
    """Return the XML that rules judge, written anew: no comment, no entity, no document type."""
    if not isinstance(known, JudgedFormat):
        return None, None, ""
    try:
        root = opened(known.official_xml(data))
    except Refused:
        return None, None, ""  # The reading was refused for the same reason, and says so.
    document = document_of(root)
    if document is None:
        return None, None, ""
    return document, schema_verdict(document, root), etree.tostring(root, encoding="unicode")


def read_from(answer: dict[str, Any]) -> tuple[Read, str]:
    """Return what an answer says, and the XML beside it; refused by pydantic where it is none."""
    xml = answer.pop("xml", "")
    return _READ.validate_json(json.dumps(answer), strict=True), str(xml)


def _name(known: Format) -> str:
    return str(getattr(known, "__name__", "")).rpartition(".")[2]
