"""UBL out: the paper as an EN 16931 invoice or credit note."""

from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import (
    OUTSIDE_TAX,
    InvoicePaper,
    PaperLine,
    PaperParty,
    PaymentMeans,
    percent_text,
)
from vendorops.formats._xml import Element, Maker, written
from vendorops.formats.ubl.names import DIALECTS, LINE_OBJECT, NAMES, Dialect

SUFFIX = ".xml"
EN16931 = "urn:cen.eu:en16931:2017"
"""BT-24 of an invoice that follows the core and nothing beyond it."""
MEANS_UNDEFINED = "1"
"""UNTDID 4461: the payment means is agreed elsewhere."""
MAKE = Maker(NAMES)


def write(paper: InvoicePaper) -> bytes:
    """Return the invoice or credit note; the same paper gives the same bytes."""
    dialect = next(known for known in DIALECTS if known.kind == paper.kind)
    make = Maker({"": dialect.namespace, **NAMES})
    vat_told = not paper.is_outside_tax  # BR-O-02 to 04: none is named outside the scope of tax.
    root = make(
        f":{dialect.document}",
        *_head(paper, dialect),
        *_references(paper),
        MAKE("cac:AccountingSupplierParty", _party(paper.seller, vat_told=vat_told)),
        MAKE("cac:AccountingCustomerParty", _party(paper.buyer, vat_told=vat_told)),
        _delivery(paper),
        _means(paper),
        _terms(paper),
        _tax(paper),
        _totals(paper),
        *(_line(line, dialect, paper.currency) for line in paper.lines),
    )
    return written(root)


def _head(paper: InvoicePaper, dialect: Dialect) -> list[Element | None]:
    due = paper.due_date.isoformat()
    return [
        MAKE("cbc:CustomizationID", EN16931),
        MAKE("cbc:ID", paper.number),
        MAKE("cbc:IssueDate", paper.issue_date.isoformat()),
        MAKE("cbc:DueDate", due) if dialect.kind == "invoice" else None,
        MAKE(dialect.type_code, paper.type_code),
        *(MAKE("cbc:Note", note) for note in paper.notes),
        MAKE("cbc:DocumentCurrencyCode", paper.currency),
    ]


def _references(paper: InvoicePaper) -> list[Element | None]:
    """Return what the document is about and refers to, in the order of the schema."""
    contract = MAKE.optional("cbc:ID", paper.contract_reference)
    order = MAKE.optional("cbc:ID", paper.order_reference)
    return [
        _period(paper),
        None if order is None else MAKE("cac:OrderReference", order),
        *(
            MAKE(
                "cac:BillingReference",
                MAKE(
                    "cac:InvoiceDocumentReference",
                    MAKE("cbc:ID", each.number),
                    MAKE("cbc:IssueDate", each.issue_date.isoformat()),
                ),
            )
            for each in paper.preceding
        ),
        None if contract is None else MAKE("cac:ContractDocumentReference", contract),
    ]


def _period(paper: InvoicePaper) -> Element | None:
    if paper.period is None or paper.last_day is None:
        return None
    return MAKE(
        "cac:InvoicePeriod",
        MAKE("cbc:StartDate", paper.period.start.isoformat()),
        MAKE("cbc:EndDate", paper.last_day.isoformat()),
    )


def _party(party: PaperParty, *, vat_told: bool) -> Element:
    scheme = "VAT" if party.has_vat_number else "TAX"
    tax = MAKE(
        "cac:PartyTaxScheme",
        MAKE("cbc:CompanyID", party.tax_number),
        MAKE("cac:TaxScheme", MAKE("cbc:ID", scheme)),
    )
    reference = MAKE.optional("cbc:ID", party.reference)
    return MAKE(
        "cac:Party",
        None if reference is None else MAKE("cac:PartyIdentification", reference),
        MAKE(
            "cac:PostalAddress",
            MAKE.optional("cbc:StreetName", party.street),
            MAKE.optional("cbc:CityName", party.city),
            MAKE.optional("cbc:PostalZone", party.postcode),
            MAKE("cac:Country", MAKE("cbc:IdentificationCode", party.country)),
        ),
        tax if party.tax_number and (vat_told or not party.has_vat_number) else None,
        MAKE(
            "cac:PartyLegalEntity",
            MAKE("cbc:RegistrationName", party.name),
            MAKE.optional("cbc:CompanyID", party.registration),
        ),
    )


def _delivery(paper: InvoicePaper) -> Element | None:
    last = paper.last_day
    return (
        None
        if last is None
        else MAKE("cac:Delivery", MAKE("cbc:ActualDeliveryDate", last.isoformat()))
    )


def _means(paper: InvoicePaper) -> Element | None:
    means = paper.means
    if means is None and paper.kind == "invoice":
        return None  # It has its due date in the head; a credit note only here.
    means = means or PaymentMeans(MEANS_UNDEFINED)
    due = paper.due_date.isoformat()
    return MAKE(
        "cac:PaymentMeans",
        MAKE("cbc:PaymentMeansCode", means.code),
        None if paper.kind == "invoice" else MAKE("cbc:PaymentDueDate", due),
        _account(means) if means.account else None,
    )


def _account(means: PaymentMeans) -> Element:
    bank = MAKE.optional("cbc:ID", means.bank)
    return MAKE(
        "cac:PayeeFinancialAccount",
        MAKE("cbc:ID", means.account),
        MAKE.optional("cbc:Name", means.holder),
        None if bank is None else MAKE("cac:FinancialInstitutionBranch", bank),
    )


def _terms(paper: InvoicePaper) -> Element | None:
    note = MAKE.optional("cbc:Note", paper.terms)
    return None if note is None else MAKE("cac:PaymentTerms", note)


def _amount(name: str, money: Money) -> Element:
    return MAKE(f"cbc:{name}", money.text, currencyID=money.currency)


def _category(tag: str, code: str, rate_e4: int, reason: str = "") -> Element:
    percent = "" if code == OUTSIDE_TAX else percent_text(rate_e4)
    return MAKE(
        tag,
        MAKE("cbc:ID", code),
        MAKE.optional("cbc:Percent", percent),
        MAKE.optional("cbc:TaxExemptionReason", reason),
        MAKE("cac:TaxScheme", MAKE("cbc:ID", "VAT")),
    )


def _tax(paper: InvoicePaper) -> Element:
    subtotals = [
        MAKE(
            "cac:TaxSubtotal",
            _amount("TaxableAmount", share.net),
            _amount("TaxAmount", share.tax),
            _category("cac:TaxCategory", share.category, share.rate_e4, share.reason),
        )
        for share in paper.taxes
    ]
    return MAKE("cac:TaxTotal", _amount("TaxAmount", paper.tax), *subtotals)


def _totals(paper: InvoicePaper) -> Element:
    return MAKE(
        "cac:LegalMonetaryTotal",
        _amount("LineExtensionAmount", paper.net),
        _amount("TaxExclusiveAmount", paper.net),
        _amount("TaxInclusiveAmount", paper.gross),
        _amount("PayableAmount", paper.gross),
    )


def _line(line: PaperLine, dialect: Dialect, currency: str) -> Element:
    reference = MAKE(
        "cac:DocumentReference",
        MAKE("cbc:ID", line.work_reference),
        MAKE("cbc:DocumentTypeCode", LINE_OBJECT),
    )
    return MAKE(
        dialect.line,
        MAKE("cbc:ID", line.number),
        MAKE(dialect.quantity, quantity_text(line.quantity_e4), unitCode=line.unit),
        _amount("LineExtensionAmount", line.net(currency)),
        reference if line.work_reference else None,
        MAKE(
            "cac:Item",
            MAKE("cbc:Name", line.description),
            _category("cac:ClassifiedTaxCategory", line.tax_category, line.tax_rate_e4),
        ),
        MAKE(
            "cac:Price",
            MAKE("cbc:PriceAmount", price_text(line.price_e6), currencyID=currency),
        ),
    )
