"""CII D16B in: the file as a claim, whether it came alone or inside a PDF."""

from datetime import date
from itertools import chain

from lxml import etree

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.money import Money
from vendorops.domain.paper import CREDIT_NOTES
from vendorops.formats import _claim as claim
from vendorops.formats._cii.names import DAY_FORMAT, LINE_OBJECT, NAMES, ROOT
from vendorops.formats._xml import BadField, Node, looks_like, opened

DAY = r"(\d{4})(\d\d)(\d\d)"
WHOLE_LINES = {"", "DETAIL"}
"""BT-X-8 of lines that count; EXTENDED also knows groups and mere information."""


def looks_like_cii(data: bytes) -> bool:
    """Tell by a cheap look whether a file is CII."""
    return looks_like(data, [NAMES["rsm"]])


def read_cii(data: bytes, format_name: str) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    element = opened(data)
    if element.tag != ROOT:
        name = etree.QName(element).localname
        raise claim.NotAnInvoice(f"the file is a {name}; send a CrossIndustryInvoice (CII D16B)")
    return _document(Node(element, NAMES), format_name)


def _document(root: Node, format_name: str) -> ClaimDocument:
    head = root.one("rsm:ExchangedDocument")
    trade = root.one("rsm:SupplyChainTradeTransaction")
    agreement = trade.one("ram:ApplicableHeaderTradeAgreement")
    settlement = trade.one("ram:ApplicableHeaderTradeSettlement")
    currency = claim.currency_code(settlement.one("ram:InvoiceCurrencyCode"))
    lines = tuple(
        _line(line, currency) for line in trade.every("ram:IncludedSupplyChainTradeLineItem")
    )
    totals = _totals(settlement, currency, lines)
    totals.check()
    seller = agreement.one("ram:SellerTradeParty")
    context = "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    return ClaimDocument(
        format=format_name,
        kind="credit_note" if head.required("ram:TypeCode") in CREDIT_NOTES else "invoice",
        number=head.required("ram:ID"),
        issue_date=_issued(head),
        currency=currency,
        seller_name=seller.text("ram:Name"),
        seller_identifiers=_identifiers(seller),
        buyer_name=agreement.text("ram:BuyerTradeParty/ram:Name"),
        contract_reference=agreement.text("ram:ContractReferencedDocument/ram:IssuerAssignedID"),
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        payable=totals.payable,
        lines=lines,
        guideline=root.text(context),
    )


def _issued(head: Node) -> date:
    node = head.one("ram:IssueDateTime/udt:DateTimeString")
    if node.attribute("format") != DAY_FORMAT:
        raise BadField(f"{node.where} is not in format 102; write it as 20261031")
    return claim.day(node, DAY)


def _identifiers(seller: Node) -> tuple[str, ...]:
    paths = (
        "ram:ID",
        "ram:GlobalID",
        "ram:SpecifiedLegalOrganization/ram:ID",
        "ram:SpecifiedTaxRegistration/ram:ID",
    )
    nodes = chain.from_iterable(seller.every(path) for path in paths)
    return tuple(dict.fromkeys(filter(None, (node.content for node in nodes))))


def _line(line: Node, currency: str) -> ClaimLine:
    document = line.one("ram:AssociatedDocumentLineDocument")
    if document.text("ram:LineStatusReasonCode") not in WHOLE_LINES:
        raise BadField(
            f"{line.where} groups or explains other lines; send an invoice without sub-lines"
        )
    settlement = line.one("ram:SpecifiedLineTradeSettlement")
    price = line.one("ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice")
    quantity = line.one("ram:SpecifiedLineTradeDelivery/ram:BilledQuantity")
    price_e6 = claim.unit_price(price.one("ram:ChargeAmount"), price.maybe("ram:BasisQuantity"))
    tax = settlement.maybe("ram:ApplicableTradeTax")
    net = settlement.one("ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount")
    claim.check_size(line, claim.quantity(quantity), price_e6)
    return ClaimLine(
        number=document.required("ram:LineID"),
        description=_description(line),
        quantity_e4=claim.quantity(quantity),
        unit=quantity.attribute("unitCode"),
        price_e6=price_e6,
        net=claim.amount(net, currency),
        tax_category=tax.text("ram:CategoryCode") if tax else "",
        tax_rate_e4=claim.rate(tax.maybe("ram:RateApplicablePercent") if tax else None),
        work_reference=_work_reference(line, document, settlement),
    )


def _description(line: Node) -> str:
    product = line.maybe("ram:SpecifiedTradeProduct")
    texts = (product.text("ram:Name"), product.text("ram:Description")) if product else ()
    return "\n".join(filter(None, texts))


def _work_reference(line: Node, document: Node, settlement: Node) -> str:
    objects = [
        referenced.required("ram:IssuerAssignedID")
        for referenced in settlement.every("ram:AdditionalReferencedDocument")
        if referenced.text("ram:TypeCode") == LINE_OBJECT
    ]
    order = "ram:SpecifiedLineTradeAgreement/ram:BuyerOrderReferencedDocument/ram:LineID"
    note = "ram:IncludedNote/ram:Content"
    return next(iter(objects), "") or line.text(order) or document.text(note)


def _totals(settlement: Node, currency: str, lines: tuple[ClaimLine, ...]) -> claim.Totals:
    stated = settlement.one("ram:SpecifiedTradeSettlementHeaderMonetarySummation")

    def at(name: str) -> Money:
        return claim.amount_at(stated, f"ram:{name}", currency)

    def required(name: str) -> Money:
        return claim.amount(stated.one(f"ram:{name}"), currency)

    return claim.Totals(
        currency=currency,
        line_nets=tuple(line.net for line in lines),
        lines=required("LineTotalAmount")
        if lines or stated.maybe("ram:LineTotalAmount")
        else None,
        allowance_parts=_parts(settlement, currency, charges=False),
        allowances=at("AllowanceTotalAmount"),
        charge_parts=_parts(settlement, currency, charges=True) + _freight(settlement, currency),
        charges=at("ChargeTotalAmount"),
        net=required("TaxBasisTotalAmount"),
        tax=claim.tax_in(currency, stated.every("ram:TaxTotalAmount")),
        gross=required("GrandTotalAmount"),
        prepaid=at("TotalPrepaidAmount"),
        rounding=at("RoundingAmount"),
        payable=required("DuePayableAmount"),
    )


def _parts(settlement: Node, currency: str, *, charges: bool) -> tuple[Money, ...]:
    return tuple(
        claim.amount(part.one("ram:ActualAmount"), currency)
        for part in settlement.every("ram:SpecifiedTradeAllowanceCharge")
        if claim.flag(part.one("ram:ChargeIndicator/udt:Indicator")) is charges
    )


def _freight(settlement: Node, currency: str) -> tuple[Money, ...]:
    parts = settlement.every("ram:SpecifiedLogisticsServiceCharge/ram:AppliedAmount")
    return tuple(claim.amount(part, currency) for part in parts)
