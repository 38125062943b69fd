"""Compiles Schematron into XSLT with the skeleton that lxml carries (ISO Schematron).

The skeleton writes XSLT 1 around whatever expressions it is given; rules of e-invoices are
written in XPath 2, and bring functions of their own. So what comes out is marked as XSLT 2, in
which the same instructions mean the same, and the functions are added to it.
"""

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from lxml import etree

from vendorops.rulesets._sheet import RulesAbsent

XSL = "http://www.w3.org/1999/XSL/Transform"
STEPS = ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt1.xsl")
FOLDER = Path(etree.__file__).parent / "isoschematron/resources/xsl/iso-schematron-xslt1"


class NotSchematron(RulesAbsent):
    """A file of rules cannot be compiled."""


@cache
def compiled(path: Path, digest: str) -> Path:  # noqa: ARG001 - another content is another file.
    """Return the XSLT that a Schematron file becomes; it goes when this process ends."""
    try:
        schema = etree.parse(str(path))
        functions = schema.getroot().findall(f"{{{XSL}}}function")
        for step in STEPS:
            schema.getroot().attrib.pop("queryBinding", "")  # The skeleton refuses XSLT 2.
            schema = etree.XSLT(etree.parse(str(FOLDER / step)))(schema)
    except (etree.XMLSyntaxError, etree.XSLTError) as error:
        raise NotSchematron(
            f"{path.name} cannot be compiled as ISO Schematron; compile it to XSLT yourself and"
            " name that"
        ) from error
    root = schema.getroot()
    root.set("version", "2.0")
    root.extend(functions)
    folder = Path(mkdtemp(prefix="vendorops-rules-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    out = folder / f"{path.stem}.xslt"
    schema.write(str(out), encoding="UTF-8")
    return out
