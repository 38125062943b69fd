"""CII in: the file as a claim, whether it came alone or inside a PDF."""

from datetime import date
from itertools import chain

from lxml import etree

from vendorops.domain.claim import ClaimDocument
from vendorops.domain.money import Money
from vendorops.domain.paper import CREDIT_NOTES
from vendorops.formats import _claim as claim
from vendorops.formats._cii.lines import read_lines
from vendorops.formats._cii.names import D16B, DAY_FORMAT, Dialect
from vendorops.formats._xml import BadField, Node, looks_like, opened

DAY = r"(\d{4})(\d\d)(\d\d)"
ACCOUNT = "ram:SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount"
ACCOUNT_IDS = ("ram:IBANID", "ram:ProprietaryID")


def looks_like_cii(data: bytes, dialect: Dialect = D16B) -> bool:
    """Tell by a cheap look whether a file is CII of a dialect."""
    return looks_like(data, [dialect.names["rsm"]])


def read_cii(data: bytes, format_name: str, dialect: Dialect = D16B) -> ClaimDocument:
    """Return what the invoice says; refused when it is broken or contradicts itself."""
    element = opened(data)
    if element.tag != dialect.root:
        name = etree.QName(element).localname
        raise claim.NotAnInvoice(f"the file is a {name}; send a {dialect.document}")
    return _document(Node(element, dialect.names), format_name, dialect)


def _document(root: Node, format_name: str, dialect: Dialect) -> ClaimDocument:
    head = root.one(dialect.head)
    trade = root.one(dialect.trade)
    agreement = trade.one(f"{dialect.part}Agreement")
    settlement = trade.one(f"{dialect.part}Settlement")
    currency = claim.currency_code(settlement.one("ram:InvoiceCurrencyCode"))
    lines = read_lines(trade, dialect, currency)
    totals = _totals(settlement, dialect, currency, tuple(line.net for line in lines))
    totals.check()
    seller = agreement.one("ram:SellerTradeParty")
    code = _type_code(head)
    context = f"{dialect.context}/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    return ClaimDocument(
        format=format_name,
        kind="credit_note" if code in CREDIT_NOTES else "invoice",
        number=head.required("ram:ID"),
        issue_date=_issued(head),
        currency=currency,
        seller_name=seller.text("ram:Name"),
        seller_identifiers=_identifiers(seller),
        buyer_name=agreement.text("ram:BuyerTradeParty/ram:Name"),
        contract_reference=agreement.text(f"ram:ContractReferencedDocument/{dialect.reference}"),
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        payable=totals.payable,
        lines=lines,
        guideline=root.text(context),
        type_code=code,
        order_references=claim.each_once(
            agreement.every(f"ram:BuyerOrderReferencedDocument/{dialect.reference}")
        ),
        preceding_numbers=claim.each_once(
            settlement.every(f"ram:InvoiceReferencedDocument/{dialect.reference}")
        ),
        payee_accounts=claim.each_once(
            chain.from_iterable(settlement.every(f"{ACCOUNT}/{name}") for name in ACCOUNT_IDS)
        ),
    )


def _type_code(head: Node) -> str:
    code = head.required("ram:TypeCode")
    claim.check_kind(code)
    return code


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
    return claim.each_once(chain.from_iterable(seller.every(path) for path in paths))


def _totals(
    settlement: Node, dialect: Dialect, currency: str, line_nets: tuple[Money, ...]
) -> claim.Totals:
    stated = settlement.one(dialect.totals)

    def at(name: str) -> Money:
        return claim.amount_at(stated, f"ram:{name}", currency)

    def required(name: str) -> Money:
        return claim.amount(stated.one(f"ram:{name}"), currency)

    return claim.Totals(
        currency=currency,
        line_nets=line_nets,
        lines=required("LineTotalAmount")
        if line_nets or stated.maybe("ram:LineTotalAmount")
        else None,
        allowance_parts=_parts(settlement, currency, charges=False)
        or ((at("AllowanceTotalAmount"),) if dialect.bare else ()),
        allowances=at("AllowanceTotalAmount"),
        charge_parts=_parts(settlement, currency, charges=True) + _freight(settlement, currency)
        or ((at("ChargeTotalAmount"),) if dialect.bare else ()),
        charges=at("ChargeTotalAmount"),
        net=required("TaxBasisTotalAmount"),
        tax=claim.tax_in(currency, stated.every("ram:TaxTotalAmount")),
        gross=required("GrandTotalAmount"),
        prepaid=at("TotalPrepaidAmount"),
        rounding=at("RoundingAmount"),
        payable=required("DuePayableAmount")
        if not dialect.bare or stated.maybe("ram:DuePayableAmount")
        else required("GrandTotalAmount") - at("TotalPrepaidAmount"),
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
