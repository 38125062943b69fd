"""UBL in: the file as a claim."""

from itertools import chain

from lxml import etree

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.money import Money
from vendorops.domain.paper import CREDIT_NOTES
from vendorops.formats import _claim as claim
from vendorops.formats._xml import Node, looks_like, opened
from vendorops.formats.ubl.names import DIALECTS, LINE_OBJECT, NAMES, Dialect

DAY = r"(\d{4})-(\d\d)-(\d\d)"
CREDIT_NOTE = "381"
NO_ORDER = "NA"
"""What Peppol has suppliers write who know only their own order number (BT-14)."""


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell whether the file looks like UBL: a cheap look, not a check."""
    return looks_like(data, [dialect.namespace for dialect in DIALECTS])


def official_xml(data: bytes) -> bytes:
    """Return what the rules of e-invoices judge: the file as it came."""
    return data


def read(data: bytes) -> ClaimDocument:
    """Return what the invoice or credit note says; refused when it is broken or contradicts."""
    element = opened(data)
    dialect = next((known for known in DIALECTS if known.root == element.tag), None)
    if dialect is None:
        name = etree.QName(element).localname
        raise claim.NotAnInvoice(f"the file is a {name}; send a UBL Invoice or CreditNote")
    return _document(Node(element, NAMES), dialect)


def _document(root: Node, dialect: Dialect) -> ClaimDocument:
    code = _type_code(root, dialect)
    currency = claim.currency_code(root.one("cbc:DocumentCurrencyCode"))
    lines = tuple(_line(node, dialect, currency) for node in root.every(dialect.line))
    totals = _totals(root, currency, lines)
    totals.check()
    seller = root.one("cac:AccountingSupplierParty/cac:Party")
    return ClaimDocument(
        format="ubl",
        kind="credit_note" if code in CREDIT_NOTES else dialect.kind,
        number=root.required("cbc:ID"),
        issue_date=claim.day(root.one("cbc:IssueDate"), DAY),
        currency=currency,
        seller_name=_name(seller),
        seller_identifiers=_identifiers(seller),
        buyer_name=_name(root.one("cac:AccountingCustomerParty/cac:Party")),
        contract_reference=root.text("cac:ContractDocumentReference/cbc:ID"),
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        payable=totals.payable,
        lines=lines,
        guideline=root.text("cbc:CustomizationID"),
        type_code=code,
        order_references=_order(root),
        preceding_numbers=claim.each_once(
            root.every("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")
        ),
        payee_accounts=claim.each_once(
            root.every("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID")
        ),
    )


def _type_code(root: Node, dialect: Dialect) -> str:
    """Read BT-3; UBL lets a credit note do without, as its root says what it is."""
    if dialect.kind == "credit_note":
        return root.text(dialect.type_code) or CREDIT_NOTE
    code = root.required(dialect.type_code)
    claim.check_kind(code)
    return code


def _order(root: Node) -> tuple[str, ...]:
    order = root.text("cac:OrderReference/cbc:ID")
    return (order,) if order not in {"", NO_ORDER} else ()


def _name(party: Node) -> str:
    legal = party.text("cac:PartyLegalEntity/cbc:RegistrationName")
    return legal or party.text("cac:PartyName/cbc:Name")


def _identifiers(seller: Node) -> tuple[str, ...]:
    paths = (
        "cac:PartyIdentification/cbc:ID",
        "cac:PartyLegalEntity/cbc:CompanyID",
        "cac:PartyTaxScheme/cbc:CompanyID",
    )
    nodes = chain.from_iterable(seller.every(path) for path in paths)
    # A creditor's SEPA number (BT-90) lies among the identifiers but names an account holder.
    texts = [node.content for node in nodes if node.attribute("schemeID") != "SEPA"]
    return tuple(dict.fromkeys(filter(None, texts)))


def _line(node: Node, dialect: Dialect, currency: str) -> ClaimLine:
    billed = node.one(dialect.quantity)
    quantity = claim.quantity(billed)
    price = claim.unit_price(
        node.one("cac:Price/cbc:PriceAmount"), node.maybe("cac:Price/cbc:BaseQuantity")
    )
    tax = node.maybe("cac:Item/cac:ClassifiedTaxCategory")
    claim.check_size(node, quantity, price)
    return ClaimLine(
        number=node.required("cbc:ID"),
        description=_description(node),
        quantity_e4=quantity,
        unit=billed.attribute("unitCode"),
        price_e6=price,
        net=claim.amount(node.one("cbc:LineExtensionAmount"), currency),
        tax_category=tax.text("cbc:ID") if tax else "",
        tax_rate_e4=claim.rate(tax.maybe("cbc:Percent") if tax else None),
        work_reference=_work_reference(node),
    )


def _description(line: Node) -> str:
    texts = (line.text("cac:Item/cbc:Name"), line.text("cac:Item/cbc:Description"))
    return "\n".join(filter(None, texts))


def _work_reference(line: Node) -> str:
    objects = [
        document.required("cbc:ID")
        for document in line.every("cac:DocumentReference")
        if document.text("cbc:DocumentTypeCode") == LINE_OBJECT
    ]
    order_line = line.text("cac:OrderLineReference/cbc:LineID")
    return next(iter(objects), "") or order_line or line.text("cbc:Note")


def _totals(root: Node, currency: str, lines: tuple[ClaimLine, ...]) -> claim.Totals:
    stated = root.one("cac:LegalMonetaryTotal")

    def at(name: str) -> Money:
        return claim.amount_at(stated, f"cbc:{name}", currency)

    def required(name: str) -> Money:
        return claim.amount(stated.one(f"cbc:{name}"), currency)

    return claim.Totals(
        currency=currency,
        line_nets=tuple(line.net for line in lines),
        lines=required("LineExtensionAmount"),
        allowance_parts=_parts(root, currency, charges=False),
        allowances=at("AllowanceTotalAmount"),
        charge_parts=_parts(root, currency, charges=True),
        charges=at("ChargeTotalAmount"),
        net=required("TaxExclusiveAmount"),
        tax=claim.tax_in(currency, root.every("cac:TaxTotal/cbc:TaxAmount")),
        gross=required("TaxInclusiveAmount"),
        prepaid=at("PrepaidAmount"),
        rounding=at("PayableRoundingAmount"),
        payable=required("PayableAmount"),
    )


def _parts(root: Node, currency: str, *, charges: bool) -> tuple[Money, ...]:
    return tuple(
        claim.amount(part.one("cbc:Amount"), currency)
        for part in root.every("cac:AllowanceCharge")
        if claim.flag(part.one("cbc:ChargeIndicator")) is charges
    )
