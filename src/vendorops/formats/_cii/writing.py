"""CII D16B out: the paper as an EN 16931 invoice, to go alone or inside a PDF."""

from datetime import date

from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import (
    OUTSIDE_TAX,
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaymentMeans,
    Preceding,
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
        *(MAKE("ram:IncludedNote", MAKE("ram:Content", note)) for note in paper.notes),
    )
    trade = MAKE(
        "rsm:SupplyChainTradeTransaction",
        *(_line(line, paper.currency) for line in paper.lines),
        _agreement(paper),
        _delivery(paper),
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
    order = MAKE.optional("ram:IssuerAssignedID", paper.order_reference)
    vat_told = not paper.is_outside_tax  # BR-O-02 to 04: none is named outside the scope of tax.
    return MAKE(
        "ram:ApplicableHeaderTradeAgreement",
        _party("ram:SellerTradeParty", paper.seller, vat_told=vat_told),
        _party("ram:BuyerTradeParty", paper.buyer, vat_told=vat_told),
        None if order is None else MAKE("ram:BuyerOrderReferencedDocument", order),
        None if contract is None else MAKE("ram:ContractReferencedDocument", contract),
    )


def _party(tag: str, party: PaperParty, *, vat_told: bool) -> Element:
    registration = MAKE.optional("ram:ID", party.registration)
    scheme = "VA" if party.has_vat_number else "FC"
    tax = MAKE("ram:SpecifiedTaxRegistration", MAKE("ram:ID", party.tax_number, schemeID=scheme))
    return MAKE(
        tag,
        MAKE.optional("ram:ID", party.reference),
        MAKE("ram:Name", party.name),
        None if registration is None else MAKE("ram:SpecifiedLegalOrganization", registration),
        MAKE(
            "ram:PostalTradeAddress",
            MAKE.optional("ram:PostcodeCode", party.postcode),
            MAKE.optional("ram:LineOne", party.street),
            MAKE.optional("ram:CityName", party.city),
            MAKE("ram:CountryID", party.country),
        ),
        tax if party.tax_number and (vat_told or not party.has_vat_number) else None,
    )


def _delivery(paper: InvoicePaper) -> Element:
    last = paper.last_day
    occurred = None if last is None else MAKE("ram:OccurrenceDateTime", _day(last))
    return MAKE(
        "ram:ApplicableHeaderTradeDelivery",
        None if occurred is None else MAKE("ram:ActualDeliverySupplyChainEvent", occurred),
    )


def _settlement(paper: InvoicePaper) -> Element:
    return MAKE(
        "ram:ApplicableHeaderTradeSettlement",
        MAKE("ram:InvoiceCurrencyCode", paper.currency),
        None if paper.means is None else _means(paper.means),
        *map(_tax, paper.taxes),
        _period(paper),
        MAKE(
            "ram:SpecifiedTradePaymentTerms",
            MAKE.optional("ram:Description", paper.terms),
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
        *map(_preceding, paper.preceding),
    )


def _means(means: PaymentMeans) -> Element:
    # An account is an IBAN here, or named as the bank's own; only an IBAN can go to IBANID.
    iban = means.account[:2].isalpha()
    account = MAKE(
        "ram:PayeePartyCreditorFinancialAccount",
        MAKE.optional("ram:IBANID", means.account if iban else ""),
        MAKE.optional("ram:AccountName", means.holder),
        MAKE.optional("ram:ProprietaryID", "" if iban else means.account),
    )
    bank = MAKE.optional("ram:BICID", means.bank)
    return MAKE(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        MAKE("ram:TypeCode", means.code),
        account if means.account else None,
        None
        if bank is None or not means.account
        else MAKE("ram:PayeeSpecifiedCreditorFinancialInstitution", bank),
    )


def _period(paper: InvoicePaper) -> Element | None:
    if paper.period is None or paper.last_day is None:
        return None
    return MAKE(
        "ram:BillingSpecifiedPeriod",
        MAKE("ram:StartDateTime", _day(paper.period.start)),
        MAKE("ram:EndDateTime", _day(paper.last_day)),
    )


def _preceding(each: Preceding) -> Element:
    day = MAKE("qdt:DateTimeString", f"{each.issue_date:%Y%m%d}", format=DAY_FORMAT)
    return MAKE(
        "ram:InvoiceReferencedDocument",
        MAKE("ram:IssuerAssignedID", each.number),
        MAKE("ram:FormattedIssueDateTime", day),
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
