"""How UN/CEFACT Cross Industry Invoice calls things: D16B, and ZUGFeRD 1 before it."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Dialect:
    """Names that differ between the two; the parts they name are the same."""

    names: Mapping[str, str]
    """Namespaces by prefix."""
    document: str
    """Root element, without its namespace."""
    context: str
    head: str
    trade: str
    """Of the document's agreement, delivery and settlement, and of its lines."""
    part: str
    """What the names of these parts begin with in the document …"""
    line_part: str
    """… and in a line."""
    totals: str
    line_totals: str
    reference: str
    """Number of a document that is referred to."""
    rate: str
    bare: bool
    """Whether it is as lenient as ZUGFeRD 1: lines may lack their number and price or be nothing
    but a note, and the sum of allowances or charges may stand for parts that are not told."""

    @property
    def root(self) -> str:
        """Root element as lxml spells it."""
        return f"{{{self.names['rsm']}}}{self.document}"


D16B = Dialect(
    names=NAMES,
    document="CrossIndustryInvoice",
    context="rsm:ExchangedDocumentContext",
    head="rsm:ExchangedDocument",
    trade="rsm:SupplyChainTradeTransaction",
    part="ram:ApplicableHeaderTrade",
    line_part="ram:SpecifiedLineTrade",
    totals="ram:SpecifiedTradeSettlementHeaderMonetarySummation",
    line_totals="ram:SpecifiedTradeSettlementLineMonetarySummation",
    reference="ram:IssuerAssignedID",
    rate="ram:RateApplicablePercent",
    bare=False,
)
ZUGFERD_1 = Dialect(
    names={
        "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
        "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12",
        "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15",
    },
    document="CrossIndustryDocument",
    context="rsm:SpecifiedExchangedDocumentContext",
    head="rsm:HeaderExchangedDocument",
    trade="rsm:SpecifiedSupplyChainTradeTransaction",
    part="ram:ApplicableSupplyChainTrade",
    line_part="ram:SpecifiedSupplyChainTrade",
    totals="ram:SpecifiedTradeSettlementMonetarySummation",
    line_totals="ram:SpecifiedTradeSettlementMonetarySummation",
    reference="ram:ID",
    rate="ram:ApplicablePercent",
    bare=True,
)
