"""How UN/CEFACT Cross Industry Invoice calls things."""

NAMES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
ROOT = f"{{{NAMES['rsm']}}}CrossIndustryInvoice"
EN16931 = "urn:cen.eu:en16931:2017"
"""BT-24 of an invoice that follows the core and nothing beyond it."""
DAY_FORMAT = "102"
"""UNTDID 2379: year, month and day without anything between."""
LINE_OBJECT = "130"
"""UNTDID 1001: the document type that marks BT-128."""
