"""Reads a claim file in the child together with what official rules want of it, in one go."""

from dataclasses import replace
from typing import Any

from lxml import etree

from vendorops.domain.refusal import Refused
from vendorops.formats import JudgedFormat, formats, opened
from vendorops.gateways.claim_reading import FileRead, from_answer, given_in, read_here, told
from vendorops.rulesets import document_of, prepare_schemas, schema_verdict


def prepare() -> None:
    """Import formats and compile schemas once, in the template, instead of in each reader."""
    formats()
    prepare_schemas()


def reading(framed_file: bytes) -> dict[str, Any]:
    """Read a framed file: the task of the child, whose answer is plain JSON."""
    given = given_in(framed_file)
    read, xml = _with_document(read_here(given), given.data)
    return {**told(read), "xml": xml}


def read_from(answer: dict[str, Any]) -> tuple[FileRead, str]:
    """Return what an answer says, and the XML beside it; Quarantined where it says nothing."""
    xml = answer.pop("xml", "")
    return from_answer(answer), str(xml)


def _with_document(read: FileRead, data: bytes) -> tuple[FileRead, str]:
    """Add the XML that rules judge, written anew: no comment, no entity, no document type."""
    known = formats().get(read.format)
    if read.unsafe or not isinstance(known, JudgedFormat):
        return read, ""
    try:
        root = opened(known.official_xml(data))
    except Refused:
        return read, ""  # The reading was refused for the same reason, and says so.
    document = document_of(root)
    if document is None:
        return read, ""
    xml = etree.tostring(root, encoding="unicode")
    return replace(read, document=document, schema=schema_verdict(document, root)), xml
