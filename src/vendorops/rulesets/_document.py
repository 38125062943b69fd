"""What chooses the rules: the syntax of an invoice, and the specification it says it follows."""

from dataclasses import dataclass

from lxml.etree import _Element

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC = "{" + UBL + "CommonAggregateComponents-2}"
CBC = "{" + UBL + "CommonBasicComponents-2}"
CII = "urn:un:unece:uncefact:data:standard:"
RSM = "{" + CII + "CrossIndustryInvoice:100}"
RAM = "{" + CII + "ReusableAggregateBusinessInformationEntity:100}"
ROOTS = {
    "{" + UBL + "Invoice-2}Invoice": ("ubl", "Invoice"),
    "{" + UBL + "CreditNote-2}CreditNote": ("ubl", "CreditNote"),
    RSM + "CrossIndustryInvoice": ("cii", "CrossIndustryInvoice"),
}
GUIDELINE = {
    "ubl": CBC + "CustomizationID",
    "cii": f"{RSM}ExchangedDocumentContext/"
    f"{RAM}GuidelineSpecifiedDocumentContextParameter/{RAM}ID",
}
LONGEST = 400
"""Characters of BT-24 that are looked at."""


@dataclass(frozen=True)
class Document:
    """One XML document that rules may judge."""

    syntax: str
    """`ubl` or `cii`."""
    root: str
    """Local name of the root element."""
    guideline: str
    """BT-24, or nothing where the document has none."""


def document_of(root: _Element) -> Document | None:
    """Tell what a document is; None where no rules of e-invoices speak of its kind."""
    found = ROOTS.get(str(root.tag))
    if found is None:
        return None
    syntax, name = found
    told = root.find(GUIDELINE[syntax])
    text = (told.text or "").strip() if told is not None else ""
    return Document(syntax, name, text[:LONGEST])
