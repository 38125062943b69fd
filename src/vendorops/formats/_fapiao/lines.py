"""Lines of a Chinese invoice, each with its own tax."""

import re
from dataclasses import dataclass
from fractions import Fraction

from vendorops.domain.claim import ClaimLine
from vendorops.domain.money import BadAmount, Money, Rounding, exact
from vendorops.formats import _claim as claim
from vendorops.formats._fapiao.names import CURRENCY
from vendorops.formats._xml import BadField, Node

UNTAXED = {"免税": "E", "不征税": "O"}
"""Exempt, and not taxed, in place of a rate: as UNCL 5305 categories."""
HIDDEN = {"", "*", "**", "***"}
"""What is printed where no tax is shown."""
STANDARD, ZERO = "S", "Z"
ONE_E4 = 10_000
WORK = re.compile(r"\b[A-Z]{2,4}-\d{4}-\d{6,}\b", re.ASCII)
"""A reference of ours, which suppliers put into the specification or the item's name."""


@dataclass(frozen=True)
class Paths:
    """Where a line has its fields."""

    name: str
    specification: str
    unit: str
    quantity: str
    price: str
    amount: str
    rate: str
    tax: str


def read_line(node: Node, number: int, paths: Paths) -> ClaimLine:
    """Return a line; refused where its figures contradict one another by more than rounding."""
    net = claim.amount(node.one(paths.amount), CURRENCY)
    quantity_e4, price_e6 = _factors(node, net, paths)
    rate_e4, category = _rate(node, paths.rate)
    tax = tax_at(node, paths.tax)
    _check_tax(node, net, rate_e4, tax)
    claim.check_size(node, quantity_e4, price_e6)
    texts = (node.text(paths.name), node.text(paths.specification))
    work = WORK.search(" ".join(reversed(texts)))
    return ClaimLine(
        number=str(number),
        description="\n".join(filter(None, texts)),
        quantity_e4=quantity_e4,
        unit=node.text(paths.unit),
        price_e6=price_e6,
        net=net,
        tax_category=category,
        tax_rate_e4=rate_e4,
        work_reference=work[0] if work else "",
        tax=tax,
    )


def tax_at(node: Node, path: str) -> Money:
    """Read a tax, stated with up to six decimals; one that is hidden is nothing."""
    found = node.maybe(path)
    if found is None or found.content in HIDDEN:
        return Money(0, CURRENCY)
    return claim.rounded_amount(found, CURRENCY)


def account_in(bank_and_number: str) -> str:
    """Return the digits at the end of a bank's name and an account number, written in one.

    >>> account_in("交通银行上海杨浦支行 310066690018800082932")
    '310066690018800082932'
    """
    found = re.search(r"[\d -]{8,}$", bank_and_number, re.ASCII)
    return found[0].strip() if found else ""


def _factors(node: Node, net: Money, paths: Paths) -> tuple[int, int]:
    """Return quantity and price; a line without them, such as a discount, is one of its amount."""
    if not (node.text(paths.quantity) and node.text(paths.price)):
        sign = -1 if net.minor < 0 else 1
        return sign * ONE_E4, claim.price_of(net, sign * ONE_E4, node)
    quantity_e4 = claim.quantity(node.one(paths.quantity))
    price = Fraction(claim.decimal(node.one(paths.price)))
    product = claim.major_amount(price * quantity_e4 / ONE_E4, CURRENCY)
    if abs(product.minor - net.minor) > 1:
        raise claim.TotalsDisagree(
            f"{node.where}: quantity and price make {product}, but the amount is {net};"
            " ask the supplier for a corrected invoice"
        )
    return quantity_e4, claim.unit_price(node.one(paths.price), None)


def _rate(node: Node, path: str) -> tuple[int, str]:
    """Read a rate, written as a fraction, as a percentage, or in words."""
    found = node.one(path)
    text = found.content
    if text in UNTAXED:
        return 0, UNTAXED[text]
    try:
        value = exact(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except BadAmount as error:
        raise BadField(
            f"{found.where} is not a rate of tax; invoices taxed on a difference (差额征税)"
            " are not read, enter such a claim as a statement"
        ) from error
    scaled = value * ONE_E4
    if scaled != scaled.to_integral_value() or not 0 <= value <= 1:
        raise BadField(f"{found.where} is not a rate of tax between 0 and 1; correct it")
    return int(scaled), STANDARD if scaled else ZERO


def _check_tax(node: Node, net: Money, rate_e4: int, tax: Money) -> None:
    """Refuse a tax that is more than a cent off: it is the gross price less the net, rounded."""
    made = net.times(Fraction(rate_e4, ONE_E4), rounding=Rounding.HALF_UP)
    if abs(made.minor - tax.minor) > 1:
        raise claim.TotalsDisagree(
            f"{node.where}: the rate makes a tax of {made}, but the tax is {tax};"
            " ask the supplier for a corrected invoice"
        )
