"""CII D16B out: the paper as an EN 16931 invoice, to go alone or inside a PDF."""

from datetime import date

from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import (
    OUTSIDE_TAX,
    InvoicePaper,
    PaperLine,
    PaperParty,
    TaxShare,
    percent_text,
)
from vendorops.formats._cii.names import DAY_FORMAT, EN16931, LINE_OBJECT, NAMES
from vendorops.formats._xml import Element, Maker, written

MAKE = Maker(NAMES)


def write_cii(paper: InvoicePaper) -> bytes:
    """Return the invoice or credit note; the same paper gives the same bytes."""
    context = MAKE(
        "rsm:ExchangedDocumentContext",
        MAKE("ram:GuidelineSpecifiedDocumentContextParameter", MAKE("ram:ID", EN16931)),
    )
    head = MAKE(
        "rsm:ExchangedDocument",
        MAKE("ram:ID", paper.number),
        MAKE("ram:TypeCode", paper.type_code),
        MAKE("ram:IssueDateTime", _day(paper.issue_date)),
    )
    trade = MAKE(
        "rsm:SupplyChainTradeTransaction",
        *(_line(line, paper.currency) for line in paper.lines),
        _agreement(paper),
        MAKE("ram:ApplicableHeaderTradeDelivery"),
        _settlement(paper),
    )
    return written(MAKE("rsm:CrossIndustryInvoice", context, head, trade))


def _day(day: date) -> Element:
    return MAKE("udt:DateTimeString", f"{day:%Y%m%d}", format=DAY_FORMAT)


def _line(line: PaperLine, currency: str) -> Element:
    price = MAKE("ram:ChargeAmount", price_text(line.price_e6))
    quantity = MAKE("ram:BilledQuantity", quantity_text(line.quantity_e4), unitCode=line.unit)
    return MAKE(
        "ram:IncludedSupplyChainTradeLineItem",
        MAKE("ram:AssociatedDocumentLineDocument", MAKE("ram:LineID", line.number)),
        MAKE("ram:SpecifiedTradeProduct", MAKE("ram:Name", line.description)),
        MAKE(
            "ram:SpecifiedLineTradeAgreement",
            MAKE("ram:NetPriceProductTradePrice", price),
        ),
        MAKE("ram:SpecifiedLineTradeDelivery", quantity),
        _line_settlement(line, currency),
    )


def _line_settlement(line: PaperLine, currency: str) -> Element:
    reference = MAKE(
        "ram:AdditionalReferencedDocument",
        MAKE("ram:IssuerAssignedID", line.work_reference),
        MAKE("ram:TypeCode", LINE_OBJECT),
    )
    return MAKE(
        "ram:SpecifiedLineTradeSettlement",
        MAKE(
            "ram:ApplicableTradeTax",
            MAKE("ram:TypeCode", "VAT"),
            MAKE("ram:CategoryCode", line.tax_category),
            _rate(line.tax_category, line.tax_rate_e4),
        ),
        MAKE(
            "ram:SpecifiedTradeSettlementLineMonetarySummation",
            _amount("LineTotalAmount", line.net(currency)),
        ),
        reference if line.work_reference else None,
    )


def _rate(category: str, rate_e4: int) -> Element | None:
    percent = "" if category == OUTSIDE_TAX else percent_text(rate_e4)
    return MAKE.optional("ram:RateApplicablePercent", percent)


def _amount(name: str, money: Money) -> Element:
    return MAKE(f"ram:{name}", money.text)


def _agreement(paper: InvoicePaper) -> Element:
    contract = MAKE.optional("ram:IssuerAssignedID", paper.contract_reference)
    return MAKE(
        "ram:ApplicableHeaderTradeAgreement",
        _party("ram:SellerTradeParty", paper.seller),
        _party("ram:BuyerTradeParty", paper.buyer),
        None if contract is None else MAKE("ram:ContractReferencedDocument", contract),
    )


def _party(tag: str, party: PaperParty) -> Element:
    registration = MAKE.optional("ram:ID", party.registration)
    scheme = "VA" if party.has_vat_number else "FC"
    tax = MAKE("ram:SpecifiedTaxRegistration", MAKE("ram:ID", party.tax_number, schemeID=scheme))
    return MAKE(
        tag,
        MAKE("ram:Name", party.name),
        None if registration is None else MAKE("ram:SpecifiedLegalOrganization", registration),
        MAKE(
            "ram:PostalTradeAddress",
            MAKE.optional("ram:PostcodeCode", party.postcode),
            MAKE.optional("ram:LineOne", party.street),
            MAKE.optional("ram:CityName", party.city),
            MAKE("ram:CountryID", party.country),
        ),
        tax if party.tax_number else None,
    )


def _settlement(paper: InvoicePaper) -> Element:
    return MAKE(
        "ram:ApplicableHeaderTradeSettlement",
        MAKE("ram:InvoiceCurrencyCode", paper.currency),
        *map(_tax, paper.taxes),
        MAKE(
            "ram:SpecifiedTradePaymentTerms",
            MAKE("ram:DueDateDateTime", _day(paper.due_date)),
        ),
        MAKE(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            _amount("LineTotalAmount", paper.net),
            _amount("TaxBasisTotalAmount", paper.net),
            MAKE("ram:TaxTotalAmount", paper.tax.text, currencyID=paper.currency),
            _amount("GrandTotalAmount", paper.gross),
            _amount("DuePayableAmount", paper.gross),
        ),
    )


def _tax(share: TaxShare) -> Element:
    return MAKE(
        "ram:ApplicableTradeTax",
        _amount("CalculatedAmount", share.tax),
        MAKE("ram:TypeCode", "VAT"),
        MAKE.optional("ram:ExemptionReason", share.reason),
        _amount("BasisAmount", share.net),
        MAKE("ram:CategoryCode", share.category),
        _rate(share.category, share.rate_e4),
    )
