"""Lines of a CII invoice."""

from vendorops.domain.claim import ClaimLine
from vendorops.formats import _claim as claim
from vendorops.formats._cii.names import LINE_OBJECT, Dialect
from vendorops.formats._xml import BadField, Node

WHOLE_LINES = {"", "DETAIL"}
"""BT-X-8 of lines that count; EXTENDED also knows groups and mere information."""


def read_lines(trade: Node, dialect: Dialect, currency: str) -> tuple[ClaimLine, ...]:
    """Return the lines; in a dialect of bare lines without those that are nothing but a note."""
    nodes = trade.every("ram:IncludedSupplyChainTradeLineItem")
    return tuple(
        _line(node, dialect, currency, position)
        for position, node in enumerate(nodes, start=1)
        if not (dialect.bare and _is_note(node, dialect))
    )


def _is_note(line: Node, dialect: Dialect) -> bool:
    return not line.every(f"{dialect.line_part}Settlement/{dialect.line_totals}") and not (
        line.every(f"{dialect.line_part}Delivery/ram:BilledQuantity")
    )


def _line(line: Node, dialect: Dialect, currency: str, position: int) -> ClaimLine:
    document = _document(line, dialect)
    if document.text("ram:LineStatusReasonCode") not in WHOLE_LINES:
        raise BadField(
            f"{line.where} groups or explains other lines; send an invoice without sub-lines"
        )
    settlement = line.one(f"{dialect.line_part}Settlement")
    quantity = line.one(f"{dialect.line_part}Delivery/ram:BilledQuantity")
    quantity_e4 = claim.quantity(quantity)
    net = claim.amount(settlement.one(f"{dialect.line_totals}/ram:LineTotalAmount"), currency)
    price = line.maybe(f"{dialect.line_part}Agreement/ram:NetPriceProductTradePrice")
    if price is None and dialect.bare:
        price_e6 = claim.price_of(net, quantity_e4, line)
    else:
        price_e6 = _price(line, dialect)
    tax = settlement.maybe("ram:ApplicableTradeTax")
    claim.check_size(line, quantity_e4, price_e6)
    return ClaimLine(
        number=_number(document, position, dialect),
        description=_description(line),
        quantity_e4=quantity_e4,
        unit=quantity.attribute("unitCode"),
        price_e6=price_e6,
        net=net,
        tax_category=tax.text("ram:CategoryCode") if tax else "",
        tax_rate_e4=claim.rate(tax.maybe(dialect.rate) if tax else None),
        work_reference=_work_reference(line, document, settlement, dialect),
    )


def _document(line: Node, dialect: Dialect) -> Node:
    """Return the part that numbers the line; a bare line without it numbers nothing itself."""
    part = "ram:AssociatedDocumentLineDocument"
    return (line.maybe(part) or line) if dialect.bare else line.one(part)


def _price(line: Node, dialect: Dialect) -> int:
    price = line.one(f"{dialect.line_part}Agreement/ram:NetPriceProductTradePrice")
    return claim.unit_price(price.one("ram:ChargeAmount"), price.maybe("ram:BasisQuantity"))


def _number(document: Node, position: int, dialect: Dialect) -> str:
    if dialect.bare:
        return document.text("ram:LineID") or str(position)
    return document.required("ram:LineID")


def _description(line: Node) -> str:
    product = line.maybe("ram:SpecifiedTradeProduct")
    texts = (product.text("ram:Name"), product.text("ram:Description")) if product else ()
    return "\n".join(filter(None, texts))


def _work_reference(line: Node, document: Node, settlement: Node, dialect: Dialect) -> str:
    objects = [
        referenced.required(dialect.reference)
        for referenced in settlement.every("ram:AdditionalReferencedDocument")
        if referenced.text("ram:TypeCode") == LINE_OBJECT
    ]
    order = line.text(f"{dialect.line_part}Agreement/ram:BuyerOrderReferencedDocument/ram:LineID")
    return next(iter(objects), "") or order or _note(document, dialect)


def _note(document: Node, dialect: Dialect) -> str:
    """Return the note of a line; ZUGFeRD 1 allows several, of which none can be a reference."""
    notes = document.every("ram:IncludedNote/ram:Content")
    if dialect.bare and len(notes) > 1:
        return ""
    return document.text("ram:IncludedNote/ram:Content")
