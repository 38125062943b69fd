"""Lines of a FatturaPA invoice, each with the arithmetic that the exchange checks (code 00423)."""

from collections.abc import Mapping
from fractions import Fraction

from vendorops.domain.claim import ClaimLine
from vendorops.domain.money import Money
from vendorops.formats import _claim as claim
from vendorops.formats._xml import BadField, Node
from vendorops.formats.fatturapa.names import category

DISCOUNT, SURCHARGE = "SC", "MG"
SIGNS = {DISCOUNT: -1, SURCHARGE: 1}
PERCENT = 100
ONE_E4 = 10_000


def read_lines(body: Node, currency: str) -> tuple[ClaimLine, ...]:
    """Return the lines of one invoice; refused where one is not its quantity times its price."""
    items = _order_items(body)
    return tuple(
        _line(node, currency, items) for node in body.every("DatiBeniServizi/DettaglioLinee")
    )


def _order_items(body: Node) -> dict[str, str]:
    """Return the item of our order (NumItem) by the number of the line that it concerns."""
    return {
        line.content: order.text("NumItem")
        for order in body.every("DatiGenerali/DatiOrdineAcquisto")
        for line in order.every("RiferimentoNumeroLinea")
    }


def _line(node: Node, currency: str, items: Mapping[str, str]) -> ClaimLine:
    number = node.required("NumeroLinea")
    quantity = node.maybe("Quantita")
    quantity_e4 = claim.quantity(quantity) if quantity else ONE_E4
    net = claim.rounded_amount(node.one("PrezzoTotale"), currency)
    _check_product(node, quantity_e4, net)
    price_e6 = _price(node, net, quantity_e4)
    if price_e6 < 0:  # EN 16931 (BR-27) wants the minus with the quantity.
        price_e6, quantity_e4 = -price_e6, -quantity_e4
    claim.check_size(node, quantity_e4, price_e6)
    rate_e4 = claim.rate(node.one("AliquotaIVA"))
    return ClaimLine(
        number=number,
        description=node.text("Descrizione"),
        quantity_e4=quantity_e4,
        unit=node.text("UnitaMisura"),
        price_e6=price_e6,
        net=net,
        tax_category=category(node.text("Natura"), taxed=rate_e4 > 0),
        tax_rate_e4=rate_e4,
        work_reference=node.text("RiferimentoAmministrazione") or items.get(number, ""),
    )


def _price(node: Node, net: Money, quantity_e4: int) -> int:
    if node.every("ScontoMaggiorazione"):
        return claim.price_of(net, quantity_e4, node)
    return claim.unit_price(node.one("PrezzoUnitario"), None)


def _check_product(node: Node, quantity_e4: int, net: Money) -> None:
    """Refuse a line that differs by more than a cent from quantity times price less discounts."""
    price = Fraction(claim.decimal(node.one("PrezzoUnitario")))
    for change in node.every("ScontoMaggiorazione"):
        price += sign_of(change) * _part(change, price)
    product = claim.major_amount(price * quantity_e4 / ONE_E4, net.currency)
    if abs(product.minor - net.minor) > 1:
        raise claim.TotalsDisagree(
            f"{node.where}: quantity and price make {product}, but PrezzoTotale is {net};"
            " ask the supplier for a corrected invoice"
        )


def _part(change: Node, price: Fraction) -> Fraction:
    amount = change.maybe("Importo")
    if amount:
        return Fraction(claim.decimal(amount))
    return price * Fraction(claim.decimal(change.one("Percentuale"))) / PERCENT


def sign_of(change: Node) -> int:
    """Return 1 for a surcharge and -1 for a discount."""
    kind = change.required("Tipo")
    if kind not in SIGNS:
        raise BadField(
            f"{change.where} is neither a discount (SC) nor a surcharge (MG); correct it"
        )
    return SIGNS[kind]
