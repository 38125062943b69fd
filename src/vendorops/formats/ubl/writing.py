"""UBL out: the paper as an EN 16931 invoice or credit note."""

from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import OUTSIDE_TAX, InvoicePaper, PaperLine, PaperParty, percent_text
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
    root = make(
        f":{dialect.document}",
        *_head(paper, dialect),
        MAKE("cac:AccountingSupplierParty", _party(paper.seller)),
        MAKE("cac:AccountingCustomerParty", _party(paper.buyer)),
        _means(paper),
        _tax(paper),
        _totals(paper),
        *(_line(line, dialect, paper.currency) for line in paper.lines),
    )
    return written(root)


def _head(paper: InvoicePaper, dialect: Dialect) -> list[Element | None]:
    due = paper.due_date.isoformat()
    contract = MAKE.optional("cbc:ID", paper.contract_reference)
    return [
        MAKE("cbc:CustomizationID", EN16931),
        MAKE("cbc:ID", paper.number),
        MAKE("cbc:IssueDate", paper.issue_date.isoformat()),
        MAKE("cbc:DueDate", due) if dialect.kind == "invoice" else None,
        MAKE(dialect.type_code, paper.type_code),
        MAKE("cbc:DocumentCurrencyCode", paper.currency),
        MAKE("cac:ContractDocumentReference", contract) if paper.contract_reference else None,
    ]


def _party(party: PaperParty) -> Element:
    scheme = "VAT" if party.has_vat_number else "TAX"
    tax = MAKE(
        "cac:PartyTaxScheme",
        MAKE("cbc:CompanyID", party.tax_number),
        MAKE("cac:TaxScheme", MAKE("cbc:ID", scheme)),
    )
    return MAKE(
        "cac:Party",
        MAKE(
            "cac:PostalAddress",
            MAKE.optional("cbc:StreetName", party.street),
            MAKE.optional("cbc:CityName", party.city),
            MAKE.optional("cbc:PostalZone", party.postcode),
            MAKE("cac:Country", MAKE("cbc:IdentificationCode", party.country)),
        ),
        tax if party.tax_number else None,
        MAKE(
            "cac:PartyLegalEntity",
            MAKE("cbc:RegistrationName", party.name),
            MAKE.optional("cbc:CompanyID", party.registration),
        ),
    )


def _means(paper: InvoicePaper) -> Element | None:
    if paper.kind == "invoice":  # It has its due date in the head; a credit note only here.
        return None
    return MAKE(
        "cac:PaymentMeans",
        MAKE("cbc:PaymentMeansCode", MEANS_UNDEFINED),
        MAKE("cbc:PaymentDueDate", paper.due_date.isoformat()),
    )


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
